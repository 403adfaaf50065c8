-- Grain: one person in one trial's base snapshot, whether eligible or not (rule R1).
-- Covariates are as known on base_date; where only a master list is held, what could have become true
-- later (department, location, rating, hours) is unknown, and level comes from the job events: the last one by then,
-- or where events are held from then on, what the next one started from, or the list's own where none followed.
-- terminated: the base row says so without a date.
create or replace temp table base as
with
fixed as (select * from person_row where as_of_date is null),
from_snapshot as (
    select
        trial.trial_id, trial.side, trial.time_zero, trial.base_date, snapshot.person, snapshot.hire_date,
        coalesce(snapshot.employment_status = 'terminated' and snapshot.termination_date is null, false) as terminated,
        snapshot.worker_type, snapshot.level, snapshot.rank as base_rank, snapshot.lowest_rank_before,
        snapshot.department, snapshot.location, snapshot.manager, snapshot.part_time, snapshot.performance_rating,
        coalesce(snapshot.gender, fixed.gender) as gender,
        coalesce(snapshot.ethnicity, fixed.ethnicity) as ethnicity,
        coalesce(snapshot.age_band, fixed.age_band) as age_band,
        coalesce(snapshot.generation, fixed.generation) as generation,
        coalesce(snapshot.disability, fixed.disability) as disability,
        coalesce(snapshot.lgbtq, fixed.lgbtq) as lgbtq
    from trial
    join person_row as snapshot on snapshot.as_of_date = trial.base_date
    left join fixed on fixed.person = snapshot.person
),
level_event as (
    select person, effective_date, from_level, to_level from event_row
    where coalesce(from_level, to_level) is not null or event_type in ('promotion', 'demotion', 'regrade')
),
from_master as (
    select
        trial.trial_id, trial.side, trial.time_zero, trial.time_zero as base_date, fixed.person,
        fixed.hire_date, false as terminated, fixed.worker_type,
        case
            when before_.to_level is not null then before_.to_level
            when promotions_from > trial.time_zero or promotions_from is null then null
            when after_.changed_on is not null then after_.from_level
            else fixed.level::text
        end::level_word as level,
        fixed.gender, fixed.ethnicity, fixed.age_band, fixed.generation, fixed.disability, fixed.lgbtq
    from trial
    cross join fixed
    cross join calendar
    left join lateral (
        select arg_max(to_level, effective_date) as to_level from level_event
        where level_event.person = fixed.person and effective_date <= trial.time_zero
    ) as before_ on true
    left join lateral (
        select min(effective_date) as changed_on, arg_min_null(from_level, effective_date) as from_level
        from level_event
        where level_event.person = fixed.person and effective_date > trial.time_zero
    ) as after_ on true
    where not has_snapshots and fixed.hire_date <= trial.time_zero
)
select * from from_snapshot
union all by name
select from_master.*, ladder.rank as base_rank, 'unknown'::answer_word as part_time,
    'unknown'::rating_word as performance_rating
from from_master left join ladder on ladder.level = from_master.level::text;
