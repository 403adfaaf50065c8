-- Grain: one construct in one wave on one side that participants answered. Where the file names no side, the side is
-- that of the respondent's enrolment; answers of colleagues who never took part are not counted here.
with
answered as (
    select distinct construct, wave, side, employee_id
    from survey_row join active_load using (load_id)
    where construct is not null
)
select distinct construct, wave, coalesce(answered.side, enrolment.side) as side
from answered left join enrolment using (employee_id)
where coalesce(answered.side, enrolment.side) is not null;
