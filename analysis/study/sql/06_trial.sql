-- Grain: one emulated trial: a batch of enrolments and the day on which both arms are compared (rule R0).
-- time_zero: the last enrolment date of the batch, so that nobody has to survive until they enrol.
-- base_date: the snapshot from which covariates come (rule R1); null where no snapshot exists by then.
-- year_before: the last snapshot a year or more before that one, for promotions that the programme can't have caused.
-- promotions_declared: declared promotion events cover the window of four quarters, as far as the data go (rule R10).
-- promotions_known_from, promotions_known_to: promotions within a horizon are known where it reaches the first day and
-- not beyond the second: the second snapshot from time zero on, since a rise shows between two, or with events time
-- zero itself; null without a ladder. moves_...: the same of moves sideways, which need departments or events.
create or replace table trial as
with
snapshot as (select distinct as_of_date from held_row where as_of_date is not null),
batch as (
    select side, programme_id, cohort, month, max(enrolled_on) as time_zero, count(*) as enrolled
    from enrolment group by all
),
dated as (
    select batch.*,
        max(as_of_date) filter (as_of_date <= time_zero) as base_date,
        min(as_of_date, 2) filter (as_of_date >= time_zero)[2] as second_snapshot
    from batch
    left join snapshot on true
    group by all
),
declared as (
    select
        row_number() over (order by side, time_zero, cohort, programme_id, month)::smallint as trial_id,
        dated.* exclude (second_snapshot),
        (select max(as_of_date) from snapshot where as_of_date <= base_date - interval 12 month) as year_before,
        coalesce(
            promotions_from <= time_zero
            and promotions_to >= least((time_zero + interval 12 month)::date, data_as_of), false
        ) as promotions_declared,
        coalesce(
            moves_from <= time_zero
            and moves_to >= least((time_zero + interval 12 month)::date, data_as_of), false
        ) as moves_declared,
        second_snapshot
    from dated, calendar
)
select
    declared.* exclude (second_snapshot),
    case
        when not has_ladder then null
        when promotions_declared then time_zero
        else second_snapshot
    end as promotions_known_from,
    case
        when not has_ladder then null
        when promotions_declared then promotions_to
        when second_snapshot is not null then last_snapshot
    end as promotions_known_to,
    case when moves_declared then time_zero when has_departments then second_snapshot end as moves_known_from,
    case
        when moves_declared then moves_to
        when has_departments and second_snapshot is not null then last_snapshot
    end as moves_known_to,
    base_date is not null or not has_snapshots as has_base
from declared, calendar;
