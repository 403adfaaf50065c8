-- Grain: one person's (or anonymous response's) score on one construct in one wave, as of the cutoff.
-- A score is the mean of the construct's items, reversed ones turned round (left out where their scale is not known);
-- of several responses of a person in a wave the last one counts. cohort: as the study names it, where it knows it.
-- Parameter: $cutoff.
create or replace temp table survey_score as
with
cohort_name as (select distinct side, cohort from enrolment),
answered as (
    select
        survey.*,
        coalesce(employee_id, survey_id || ' ' || response_id) as respondent,
        case when reversed = 'true' then scale_min + scale_max - score else score end as value
    from survey
    where construct is not null and (submitted_at is null or submitted_at <= $cutoff)
),
sided as (
    select answered.* exclude (side, cohort),
        coalesce(answered.side, enrolment.side) as side,
        coalesce(cohort_name.cohort, enrolment.cohort, answered.cohort) as cohort
    from answered
    left join enrolment on enrolment.employee_id = answered.employee_id
        and (answered.side is null or enrolment.side = answered.side)
    left join cohort_name on cohort_name.side = answered.side and cohort_name.cohort = answered.cohort
    where answered.value is not null and (answered.side is not null or enrolment.side is not null)
),
response as (
    select
        side, cohort, wave, construct, employee_id, respondent, survey_id, response_id,
        max(submitted_at) as submitted_at,
        avg(value) as score, min(scale_min) as scale_min, max(scale_max) as scale_max
    from sided
    group by all
)
select * from response
qualify row_number() over (
    partition by side, wave, construct, respondent order by submitted_at desc nulls last, survey_id, response_id
) = 1;
