-- Grain: one participant's (or anonymous response's) score on one construct in one wave; at most one as of the first
-- cutoff (later: 0), and at most one that they gave since, first by a later cutoff: it takes the place of the other, or
-- is new. A score is the mean of the construct's items; of several responses in a wave the last one counts.
-- missed: 0 where the view is narrowed to this person, else the bits of survey_place; -1 for whoever has no place
-- there, and 32 more for whatever came since. An anonymous response has a cohort at most, so it can be chosen by
-- nothing else.
-- Reads survey_answer and survey_place. Parameters: $cohort, and $narrowed: whether by more than the cohort.
create or replace temp table survey_score as
with
response as (
    select
        side, cohort, wave, construct, employee_id, respondent, survey_id, response_id,
        max(submitted_at) as submitted_at, max(later) as later,
        avg(value) as score, min(scale_min) as scale_min, max(scale_max) as scale_max
    from survey_answer
    where arm = 'participant'
    group by all
),
counted as (
    select * from response
    qualify row_number() over (
        partition by side, wave, construct, respondent, later > 0
        order by later, submitted_at desc nulls last, survey_id, response_id
    ) = 1
),
placed as (
    select counted.*,
        case
            when $cohort::text is null and not $narrowed then 0
            when place.employee_id is not null then place.missed
            when counted.employee_id is not null or $narrowed then -1
            else (counted.cohort is distinct from $cohort)::int
        end as missed
    from counted
    left join survey_place as place on place.side = counted.side and place.employee_id = counted.employee_id
)
select * replace (if(missed < 0, missed, missed + 32 * (later > 0)::int) as missed) from placed;
