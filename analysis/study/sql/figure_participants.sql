-- Grain: one group of the figure's participants, by {header}; departments and locations as they are, none lumped.
select {header}::text as "group", count(*)::int as people
from figure_part join pattern using (pattern_id) join (select trial_id, cohort from figure_trial) using (trial_id)
where a = 1
group by all;
