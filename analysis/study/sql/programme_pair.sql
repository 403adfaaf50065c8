-- Grain: one pair of a studied programme, planned ones too, as the newest word on it says.
-- programme_id: pairs that name none belong to the first programme. cohort: named as in the trials. planned_end: the
-- first day after the months that the plan gives a pair. load_id, line: where the pair was loaded from.
-- Parameters: $programmes (ids), $months, $sessions_a_month (by programme), $first_month of the fiscal year.
create or replace temp table programme_pair as
with
programme as (
    select unnest($programmes) as programme_id, unnest($months)::integer as months,
        unnest($sessions_a_month)::double as sessions_a_month
),
studied as (
    select
        pairs.* exclude (programme_id, cohort),
        coalesce(pairs.programme_id, $programmes[1]) as programme_id,
        coalesce(
            cohort,
            year(start_date + to_months((13 - $first_month) % 12))::text
            || 'Q' || quarter(start_date + to_months((13 - $first_month) % 12))::text
        ) as cohort
    from pairs
),
ours as (select * from studied join programme using (programme_id)),
-- The trials name the programme before the cohort where pairs of several have begun.
several as (
    select count(distinct programme_id) > 1 as yes from ours, calendar
    where status is distinct from 'planned' and start_date <= data_as_of
)
select
    pair_id, programme_id, if(yes, programme_id || ': ' || cohort, cohort) as cohort, mentor_id, mentee_id,
    start_date, end_date, status, end_reason, months, sessions_a_month,
    (start_date + to_months(months))::date as planned_end, load_id, line
from ours, several;
