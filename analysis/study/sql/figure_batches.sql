-- Grain: one batch of a side and one combination of {headers}: its participants whom the figure studies once they have
-- been followed. inside: whether the figure holds the batch; known_to: the day to which its outcome is known, null where
-- that is the day of the question. Departments and locations that divide the figure are lumped as in it.
-- {events}: how many of them each outcome happened to.
-- Reads figure_trial and figure_pattern. Parameters: $side, $known as in figure_trial, $leave_out_top, $eligible_levels.
select
    trial.trial_id, trial.time_zero,
    case $known when 'promotion' then promotions_known_to when 'move' then moves_known_to end as known_to,
    trial.trial_id in (select trial_id from figure_trial) as inside,
    {headers}, count(*)::int as people{events}
from person_trial_row as joined
join trial using (trial_id)
join pattern using (pattern_id)
join figure_pattern using (pattern_id)
where side = $side and has_base and joined.a = 1 and barred is null and not ($leave_out_top and at_top)
    and (len($eligible_levels) = 0 or list_contains($eligible_levels, joined.level::text))
group by all
order by trial.time_zero, trial.trial_id;
