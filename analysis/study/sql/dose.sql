-- Grain: one band of sessions held: participants of the figure, by how many sessions of their pairs on this side were
-- held by the horizon and before any exit. Reads figure_part. Parameters: $side, $programmes, $horizon.
-- {sums}: the outcomes, counted.
with
participant as (
    select figure_part.*, employee_id, (time_zero + to_months($horizon))::date as last_day
    from figure_part join figure_trial using (trial_id) join person using (person)
    where a = 1
),
leaving as (
    select trial_id, participant.person, min(exit_date) as exit_date
    from participant join figure_trial using (trial_id) join exit_date on exit_date.person = participant.person
    where exit_date > time_zero
    group by all
),
held as (
    select if($side = 'mentor', mentor_id, mentee_id) as employee_id, session_date
    from sessions join pairs using (pair_id)
    where sessions.status = 'held' and list_contains($programmes, coalesce(programme_id, $programmes[1]))
),
counted as (
    select participant.*, (
        select count(*) from held
        where held.employee_id = participant.employee_id and session_date <= last_day
            and (exit_date is null or session_date < exit_date)
    ) as sessions
    from participant left join leaving using (trial_id, person)
)
select
    case when sessions = 0 then '0' when sessions <= 3 then '1-3' when sessions <= 6 then '4-6' else '7 and more' end
        as sessions_band,
    count(*) as people, {sums}
from counted
group by sessions_band
order by sessions_band;
