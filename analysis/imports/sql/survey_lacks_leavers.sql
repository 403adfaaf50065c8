-- Respondents of one load of whom nobody left afterwards, though ten or more would have if they had left like everybody
-- employed on the middle day of the answers.
-- One row: found (respondents in the people files), first_line, expected (leavers among them).
with
answered as (
    select employee_id, min(submitted_at) as answered_on, min(line) as line
    from survey_row where load_id = $load_id and submitted_at is not null and employee_id is not null
    group by employee_id
),
middle as (select median(answered_on)::date as day from answered),
employed as (
    select person, max(hire_date) as hired from held_row, middle where hire_date <= day group by person
),
later as (
    select employed.person,
        coalesce(min(exit_date) > any_value(day), false) as left_later,
        coalesce(min(exit_date) <= any_value(day), false) as gone
    from employed
    cross join middle
    left join checked_exit on checked_exit.person = employed.person and exit_date >= employed.hired
    group by employed.person
),
counted as (
    select count(answered.line) as respondents, min(answered.line) as line,
        count(answered.line) filter (left_later) as leavers,
        avg(left_later::int) as share
    from later
    join held_person using (person)
    left join answered using (employee_id)
    where not gone
)
select respondents as found, line as first_line, respondents * share as expected
from counted where leavers = 0 and respondents * share >= 10;
