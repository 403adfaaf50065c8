-- Grain: one batch and one combination of {headers}: its participants. Departments and locations that divide the figure
-- are lumped as in it. {events}: how many of them each outcome happened to.
-- Reads figure_joined and figure_pattern.
select trial_id, time_zero, known_to, inside, {headers}, count(*)::int as people{events}
from figure_joined
join pattern using (pattern_id)
join figure_pattern using (pattern_id)
group by all
order by time_zero, trial_id;
