-- Grain: one employee in one trial, participant or comparator, after R2 to R4, with what bars them.
-- The level rule (R5) depends on which cohorts a figure pools and is applied there.
-- Parameters: $service months, $worker_types.
create or replace temp table judged as
with
enrolled as (
    select person.person, side, programme_id, cohort, month, enrolled_on from enrolment join person using (employee_id)
),
candidate as (
    select
        base.*,
        trial.promotions_declared, trial.moves_declared,
        own.enrolled_on,
        own.person is not null and own.programme_id = trial.programme_id and own.cohort = trial.cohort
            and own.month = trial.month as in_batch,
        own.enrolled_on is not null and own.enrolled_on <= base.time_zero as enrolled_by_then,
        other.enrolled_on is not null and other.enrolled_on <= base.time_zero as on_other_side,
        base.hire_date <= base.time_zero - to_months($service) as served,
        base.worker_type is null or list_contains($worker_types, base.worker_type) as covered
    from base
    join trial using (trial_id)
    left join enrolled as own on own.person = base.person and own.side = base.side
    left join enrolled as other on other.person = base.person and other.side <> base.side
    where in_batch or not enrolled_by_then
),
-- Whoever vanished may still have been there at time zero: they stay in, and retention is withheld.
exit_of_spell as (
    select
        trial_id, candidate.person, exit_.exit_type, exit_.vanished,
        case when exit_.vanished then greatest(exit_.exit_date, time_zero + 1) else exit_.exit_date end as exit_date
    from candidate
    join exit_date as exit_ on exit_.person = candidate.person and exit_.exit_date >= candidate.hire_date
),
-- The first exit of the spell that the base row belongs to.
first_exit as (
    select trial_id, person, min(exit_date) as exit_date, arg_min(exit_type, exit_date) as exit_type,
        arg_min(vanished, exit_date) as vanished
    from exit_of_spell
    group by all
)
select
    candidate.* exclude (terminated, worker_type, enrolled_by_then, on_other_side, served, covered),
    first_exit.exit_date, first_exit.exit_type, coalesce(first_exit.vanished, false) as vanished,
    case
        when terminated or first_exit.exit_date <= candidate.time_zero then 'left on or before time zero'
        when not covered then 'worker type not in the study'
        when on_other_side then 'took part on the other side before'
        when not served then 'too short a service at time zero'
    end::barred_word as barred
from candidate
left join first_exit using (trial_id, person);
