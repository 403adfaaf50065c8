-- Grain: one cohort (null: over all of them, where a person counts once) and one group of one attribute, with how many
-- people stood at each step. Over all cohorts a person has the attribute as it was when they joined, or were last eligible.
-- value: one value of a header whose values are told apart, or empty; over all cohorts a person counts once in each.
-- Reads path_person and figure_pattern. Parameters: $programme, $department, $level, $location, null for everybody.
-- {words}, {headers} are fixed lists of columns of pattern, {value} one of these columns.
with
chosen as (
    select path_person.*, {value} as value
    from path_person join pattern using (pattern_id)
    where ($programme::text is null or programme_id = $programme)
        and ($department::text is null or department::text = $department)
        and ($level::text is null or level::text = $level)
        and ($location::text is null or location::text = $location)
),
person_once as (
    select
        value, null::text as cohort, arg_max(pattern_id, (joined, time_zero)) as pattern_id, max(joined) as joined,
        max(held) as held, max(invited) as invited, max(accepted) as accepted, max(paired) as paired,
        max(followed) as followed, max(stayed) as stayed, max(could_rise) as could_rise, max(promoted) as promoted
    from chosen
    group by value, person
),
either as (select * from person_once union all by name select * exclude (as_of, person, programme_id, time_zero) from chosen),
counted as (
    select
        value, cohort, pattern_id, count(*) as eligible, sum(held) as held, sum(invited) as invited, sum(accepted) as accepted,
        sum(paired) as paired, sum(joined) as joined, sum(followed) as followed, sum(stayed) as stayed,
        sum(could_rise) as could_rise, sum(promoted) as promoted
    from either
    group by all
),
described as (select counted.* exclude (pattern_id), {words} from counted join figure_pattern using (pattern_id)),
long as (
    unpivot (select * from described) on {headers} into name header value "group"
)
select
    value, cohort, header, "group", sum(eligible)::int as eligible, sum(held)::int as held, sum(invited)::int as invited,
    sum(accepted)::int as accepted, sum(paired)::int as paired, sum(joined)::int as joined,
    sum(followed)::int as followed, sum(stayed)::int as stayed, sum(could_rise)::int as could_rise,
    sum(promoted)::int as promoted
from long
group by all
order by value, cohort nulls first, header, "group";
