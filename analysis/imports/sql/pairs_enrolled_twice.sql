-- Pairs of one load that overlap in time with another pair of the same person on the same side, in another cohort or
-- with the same partner. Several partners in one cohort are how some programmes are run. A pair without an end lasts
-- while it is active or paused, else as long as the shortest reverse programme ($months).
-- One row: found, first_line (null where there is none).
with
this_load as (select load_no from load where load_id = $load_id),
lasting as (
    select mentor_id, mentee_id, programme_id, cohort, pair_id, load_no, line, start_date,
        case
            when end_date is not null then end_date
            when status in ('active', 'paused') then date '9999-12-31'
            when status is null or status = 'unknown' then (start_date + to_months($months))::date
        end as last_day
    from pairs join load using (load_id)
    where status is distinct from 'planned'
),
member as (
    select 'mentor' as side, mentor_id as employee_id, mentee_id as partner_id, * from lasting
    union all
    select 'mentee', mentee_id, mentor_id, * from lasting
),
-- Told at the pair that was loaded later; within one file at the one that stands further down.
overlapping as (
    select distinct other.pair_id, other.load_no, other.line
    from member as one
    join member as other using (side, employee_id)
    where (one.load_no, one.line) < (other.load_no, other.line)
        and one.start_date < other.last_day and other.start_date < one.last_day
        and (
            one.partner_id = other.partner_id
            or one.programme_id is distinct from other.programme_id
            or one.cohort is distinct from other.cohort
        )
)
select count(*) as found, min(line) as first_line
from overlapping join this_load using (load_no);
