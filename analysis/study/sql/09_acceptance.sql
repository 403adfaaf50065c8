-- Grain: one person on one side who accepted an invitation, or volunteered where no response is held, paired or not:
-- the first batch that this was for, the first of its cohort whose time zero is not before the acceptance.
-- An invitation that names no cohort is for whatever starts next. Parameter: $programmes as in enrolment.
create or replace table acceptance as
with
accepted as (
    select
        person, side, coalesce(programme_id, $programmes[1]) as programme_id, cohort,
        coalesce(responded_on, invited_on, applied_on) as accepted_on
    from invitations join person using (employee_id)
    where response = 'accepted' or (response is null and method = 'volunteer')
)
select
    person,
    accepted.side,
    arg_min(trial_id, (time_zero, trial_id)) as trial_id,
    min(time_zero) as time_zero
from accepted
join trial on trial.side = accepted.side and trial.programme_id = accepted.programme_id
    and (
        accepted.cohort is null
        or trial.cohort in (accepted.cohort, accepted.programme_id || ': ' || accepted.cohort)
    )
    and trial.time_zero >= accepted_on
group by all;
