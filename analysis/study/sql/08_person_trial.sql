-- Grain: one employee in one trial (a person-trial), participant (a = 1) or comparator (a = 0), after R2 to R4.
-- The level rule (R5) depends on which cohorts a figure pools and is applied there.
-- exit_month, promotion_month: the first m with date <= time_zero + m months, null where it did not happen (R11).
-- Covariates are text and never null. Parameters: $service months, $worker_types.
create or replace table person_trial as
with
rating_scale as (
    select count(distinct performance_rating) as levels,
        quantile_cont(try_cast(performance_rating as double), [0.3333, 0.6667]) as cut
    from people
),
candidate as (
    select
        base.*,
        trial.programme_id, trial.cohort, trial.promotions_declared,
        own.enrolled_on,
        own.employee_id is not null and own.programme_id = trial.programme_id and own.cohort = trial.cohort
            and own.month = trial.month as in_batch,
        own.enrolled_on is not null and own.enrolled_on <= base.time_zero as enrolled_by_then,
        other.enrolled_on is not null and other.enrolled_on <= base.time_zero as on_other_side,
        base.hire_date <= base.time_zero - to_months($service) as served,
        base.worker_type is null or list_contains($worker_types, base.worker_type) as covered
    from base
    join trial using (trial_id)
    left join enrolment as own on own.employee_id = base.employee_id and own.side = base.side
    left join enrolment as other on other.employee_id = base.employee_id and other.side <> base.side
),
-- Whoever vanished may still have been there at time zero: they stay in, and retention is withheld.
exit_of_spell as (
    select
        trial_id, candidate.employee_id, exit_.exit_type, exit_.vanished,
        case when exit_.vanished then greatest(exit_.exit_date, time_zero + 1) else exit_.exit_date end as exit_date
    from candidate
    join exit_date as exit_ on exit_.employee_id = candidate.employee_id and exit_.exit_date >= candidate.hire_date
),
-- The first exit of the spell that the base row belongs to.
first_exit as (
    select trial_id, employee_id, min(exit_date) as exit_date, arg_min(exit_type, exit_date) as exit_type,
        arg_min(vanished, exit_date) as vanished
    from exit_of_spell
    group by all
),
judged as (
    select
        candidate.*, first_exit.exit_date, first_exit.exit_type, coalesce(first_exit.vanished, false) as vanished,
        case
            when terminated or first_exit.exit_date <= candidate.time_zero then 'left on or before time zero'
            when not covered then 'worker type not in the study'
            when on_other_side then 'took part on the other side before'
            when not served then 'too short a service at time zero'
        end as barred
    from candidate
    left join first_exit on first_exit.trial_id = candidate.trial_id
        and first_exit.employee_id = candidate.employee_id
    where in_batch or not enrolled_by_then
),
-- A promotion dated between the base snapshot and time zero updates the level (R10).
promotion_event as (select employee_id, effective_date, to_level from job_events where event_type = 'promotion'),
updated as (
    select judged.trial_id, judged.employee_id, arg_max(promotion_event.to_level, effective_date) as new_level
    from judged
    join promotion_event on promotion_event.employee_id = judged.employee_id
        and effective_date > judged.base_date and effective_date <= judged.time_zero
    where promotion_event.to_level is not null
    group by all
),
promotion as (
    select judged.trial_id, judged.employee_id, min(rise.promoted_on) as promoted_on
    from judged
    join (
        select true as declared, employee_id, effective_date as promoted_on, effective_date as known_from
        from promotion_event
        union all
        select false, employee_id, seen_on, seen_before from level_rise
    ) as rise
        on rise.employee_id = judged.employee_id and rise.declared = judged.promotions_declared
        and rise.promoted_on > judged.time_zero and rise.known_from >= judged.time_zero
    where judged.exit_date is null or rise.promoted_on < judged.exit_date
    group by all
),
undated as (
    select judged.trial_id, judged.employee_id
    from judged
    join level_rise on level_rise.employee_id = judged.employee_id
        and seen_before < judged.time_zero and seen_on > judged.time_zero
    where not judged.promotions_declared
    group by all
),
year_before as (
    select judged.trial_id, judged.employee_id, min(rank) as lowest_rank
    from judged
    join people as earlier on earlier.employee_id = judged.employee_id
        and earlier.as_of_date >= judged.base_date - interval 12 month and earlier.as_of_date < judged.base_date
    join ladder on ladder.level = earlier.level
    group by all
),
event_before as (
    select judged.trial_id, judged.employee_id
    from judged
    join promotion_event on promotion_event.employee_id = judged.employee_id
        and effective_date > judged.base_date - interval 12 month and effective_date <= judged.base_date
    group by all
),
described as (
    select
        judged.*,
        coalesce(updated.new_level, judged.level) as level_at_time_zero,
        ladder.rank,
        ladder.rank = (select max(rank) from ladder) as at_top,
        promotion.promoted_on,
        undated.employee_id is not null and updated.new_level is null as undated_rise,
        case
            when base_ladder.rank > year_before.lowest_rank or event_before.employee_id is not null then 'yes'
            when base_ladder.rank <= year_before.lowest_rank then 'no'
            when promotions_from <= judged.base_date - interval 12 month and promotions_to >= judged.base_date then 'no'
            else 'unknown'
        end as promoted_last_year
    from judged
    cross join calendar
    left join updated using (trial_id, employee_id)
    left join promotion using (trial_id, employee_id)
    left join undated using (trial_id, employee_id)
    left join year_before using (trial_id, employee_id)
    left join event_before using (trial_id, employee_id)
    left join ladder on ladder.level = coalesce(updated.new_level, judged.level)
    left join ladder as base_ladder on base_ladder.level = judged.level
)
select
    trial_id,
    person,
    side,
    cohort,
    time_zero,
    in_batch::int as a,
    barred,
    coalesce(level_at_time_zero, 'unknown') as level,
    coalesce(at_top, false) as at_top,
    coalesce(department, 'unknown') as department,
    coalesce(location, 'unknown') as location,
    case
        when hire_date > time_zero - interval 24 month then '0-2 years'
        when hire_date > time_zero - interval 60 month then '2-5 years'
        else '5 years and more'
    end as tenure_band,
    case
        when performance_rating is null then 'unknown'
        when levels <= 6 then performance_rating
        when try_cast(performance_rating as double) <= cut[1] then 'low'
        when try_cast(performance_rating as double) <= cut[2] then 'mid'
        when try_cast(performance_rating as double) > cut[2] then 'high'
        else 'unknown'
    end as performance_rating,
    promoted_last_year,
    case when fte is null then 'unknown' when fte < 1 then 'yes' else 'no' end as part_time,
    coalesce(gender, 'unknown') as gender,
    coalesce(ethnicity, 'unknown') as ethnicity,
    coalesce((birth_year // 10 * 10)::text || 's', 'unknown') as age_band,
    coalesce(disability, 'unknown') as disability,
    coalesce(lgbtq, 'unknown') as lgbtq,
    case
        when birth_year is null then 'unknown'
        when birth_year <= 1964 then 'boomer'
        when birth_year <= 1980 then 'x'
        when birth_year <= 1996 then 'millennial'
        else 'z'
    end as generation,
    exit_type,
    vanished,
    undated_rise,
    case
        when exit_date <= time_zero + to_months(date_diff('month', time_zero, exit_date)::int)
            then date_diff('month', time_zero, exit_date)
        else date_diff('month', time_zero, exit_date) + 1
    end::int as exit_month,
    case
        when promoted_on <= time_zero + to_months(date_diff('month', time_zero, promoted_on)::int)
            then date_diff('month', time_zero, promoted_on)
        else date_diff('month', time_zero, promoted_on) + 1
    end::int as promotion_month,
    greatest(time_zero, enrolled_on) > time_zero and not in_batch
        and enrolled_on <= time_zero + interval 12 month as joined_later
from described
join person using (employee_id)
cross join rating_scale
order by trial_id, person;
