-- Grain: one item in one participant's (or anonymous response's) counted answers on one side, in one wave; a reversed
-- item turned round. later and missed: as in survey_score. Reads survey_answer and survey_score.
create or replace temp table survey_item as
select
    side, construct, wave, item, respondent, any_value(survey_score.employee_id) as employee_id,
    any_value(survey_score.missed) as missed, survey_score.later,
    avg(survey_answer.value) as value,
    min(survey_answer.scale_min) as scale_min, max(survey_answer.scale_max) as scale_max,
    bool_or(coalesce(survey_answer.reversed = 'true', false)) as turned, max(survey_answer.load_id) as load_id
from survey_answer
join survey_score using (side, construct, respondent, wave, survey_id, response_id)
group by side, construct, wave, item, respondent, survey_score.later;
