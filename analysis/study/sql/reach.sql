-- Grain: one group of one attribute: people who could have taken part by the cutoff, and those who did.
-- A person counts once, with the attribute as it was when they joined, or when they were last eligible.
-- Reads figure_part as made with horizon 0. {words}, {headers} are fixed lists of columns of pattern.
with
latest as (
    select person, max(a) as a, arg_max(pattern_id, a::integer * 1000000 + trial_id) as pattern_id
    from figure_part group by person
),
counted as (select pattern_id, count(*) as eligible, sum(a) as participants from latest group by pattern_id),
described as (select eligible, participants, {words} from counted join figure_pattern using (pattern_id)),
long as (
    unpivot (select eligible, participants, {headers} from described) on {headers} into name header value "group"
)
select header, "group", sum(eligible)::bigint as eligible, sum(participants)::int as participants
from long
group by header, "group"
order by header, "group";
