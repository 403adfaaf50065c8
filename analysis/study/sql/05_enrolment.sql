-- Grain: one person on one side: their first enrolment in any reverse programme (rules R0, R3).
-- batch: the enrolments of one programme, side and cohort in one calendar month.
-- joined_again: the days on which they joined later batches, which are counted and not analysed.
-- Parameters: $programmes (ids, the first one stands for pairs that name none), $first_month of the fiscal year.
create or replace table enrolment as
with
reverse_pairs as (
    select
        coalesce(programme_id, $programmes[1]) as programme_id,
        coalesce(
            cohort,
            year(start_date + to_months((13 - $first_month) % 12))::text
            || 'Q' || quarter(start_date + to_months((13 - $first_month) % 12))::text
        ) as cohort,
        mentor_id, mentee_id, start_date
    from pairs, calendar
    where list_contains($programmes, coalesce(programme_id, $programmes[1]))
        and status is distinct from 'planned'
        and start_date <= data_as_of
),
named as (
    select
        * exclude (cohort),
        case
            when (select count(distinct programme_id) from reverse_pairs) > 1 then programme_id || ': ' || cohort
            else cohort
        end as cohort
    from reverse_pairs
),
sides as (
    select 'mentor' as side, mentor_id as employee_id, programme_id, cohort, start_date from named
    union all
    select 'mentee', mentee_id, programme_id, cohort, start_date from named
),
batched as (
    select side, employee_id, programme_id, cohort, min(start_date) as enrolled_on,
        date_trunc('month', start_date)::date as month
    from sides
    group by all
)
select *, list(enrolled_on) over (
    partition by side, employee_id order by enrolled_on, programme_id, cohort
    rows between 1 following and unbounded following
) as joined_again
from batched
qualify row_number() over (partition by side, employee_id order by enrolled_on, programme_id, cohort) = 1;
