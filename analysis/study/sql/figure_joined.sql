-- Grain: one participant in one batch of a side whom the figure studies once they have been followed.
-- inside: whether the figure holds the batch; known_to: the day to which its outcome is known, null where that is the day
-- of the question. {events}: whether each outcome happened to them.
-- Reads figure_trial. Parameters: $side, $known as in figure_trial, $leave_out_top, $eligible_levels.
create or replace temp table figure_joined as
select
    trial.trial_id, trial.time_zero, trial.programme_id, trial.cohort, joined.pattern_id,
    case $known when 'promotion' then promotions_known_to when 'move' then moves_known_to end as known_to,
    trial.trial_id in (select trial_id from figure_trial) as inside{events}
from person_trial_row as joined
join trial using (trial_id)
where side = $side and has_base and joined.a = 1 and barred is null and not ($leave_out_top and at_top)
    and (len($eligible_levels) = 0 or list_contains($eligible_levels, joined.level::text));
