-- Grain: one group of one attribute: people who could have taken part by the cutoff, and those who did.
-- A person counts once, with the attribute as it was when they joined, or when they were last eligible.
-- Reads figure_row as made with horizon 0. {headers} is a fixed list of columns of it.
with
person as (
    select person, max(a) as a, {latest} from figure_row group by person
),
long as (unpivot (select a, {headers} from person) on {headers} into name header value "group")
select header, "group", count(*) as eligible, sum(a)::int as participants
from long
group by header, "group"
order by header, "group";
