-- Grain: one emulated trial: a batch of enrolments and the day on which both arms are compared (rule R0).
-- time_zero: the last enrolment date of the batch, so that nobody has to survive until they enrol.
-- base_date: the snapshot from which covariates come (rule R1); null where no snapshot exists by then.
-- promotions_declared: declared promotion events cover the window of four quarters, as far as the data go (rule R10).
-- promotions_known_to: null where none could be seen, for want of a ladder, or of events and of two snapshots in the
-- window between which a rise would show.
create or replace table trial as
with
batch as (
    select side, programme_id, cohort, month, max(enrolled_on) as time_zero, count(*) as enrolled
    from enrolment group by all
),
dated as (
    select batch.*,
        max(as_of_date) filter (as_of_date <= time_zero) as base_date,
        count(as_of_date) filter (as_of_date >= time_zero and as_of_date <= time_zero + interval 12 month)
            as snapshots_in_window
    from batch
    left join (select distinct as_of_date from people where as_of_date is not null) as snapshot on true
    group by all
)
select
    row_number() over (order by side, time_zero, cohort, programme_id, month) as trial_id,
    dated.*,
    coalesce(
        promotions_from <= time_zero
        and promotions_to >= least((time_zero + interval 12 month)::date, data_as_of), false
    ) as promotions_declared,
    case
        when not has_ladder then null
        when promotions_declared then promotions_to
        when snapshots_in_window >= 2 then last_snapshot
    end as promotions_known_to,
    base_date is not null or not has_snapshots as has_base
from dated, calendar;
