-- Grain: one batch, one combination of {headers}, and one value of one of {by}: its participants. Departments and
-- locations of {by} are lumped as in the figure. {left_out}: a number that says by which of {by} a row divides, as
-- grouping_id has it; {sets}: the groupings. {happened}, {events}: how many of them each outcome happened to.
-- Reads figure_joined and figure_pattern.
with joined as (
    select trial_id, time_zero, known_to, inside, {listed}{happened}
    from figure_joined
    join pattern using (pattern_id)
    join figure_pattern using (pattern_id)
)
select {left_out}, trial_id, time_zero, known_to, inside, {named}, count(*)::int as people{events}
from joined
group by grouping sets ({sets})
order by time_zero, trial_id;
