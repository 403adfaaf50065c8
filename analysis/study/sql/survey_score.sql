-- Grain: one participant's (or anonymous response's) score on one construct in one wave, as of the cutoff.
-- A score is the mean of the construct's items; of several responses of a person in a wave the last one counts.
-- Reads survey_answer.
create or replace temp table survey_score as
with
response as (
    select
        side, cohort, wave, construct, employee_id, respondent, survey_id, response_id,
        max(submitted_at) as submitted_at,
        avg(value) as score, min(scale_min) as scale_min, max(scale_max) as scale_max
    from survey_answer
    where arm = 'participant'
    group by all
)
select * from response
qualify row_number() over (
    partition by side, wave, construct, respondent order by submitted_at desc nulls last, survey_id, response_id
) = 1;
