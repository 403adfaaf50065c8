-- Lines of one survey load without an employee id. One line of an export may hold many answers.
-- One row: found, first_line (null where there is none).
select count(distinct line) as found, min(line) as first_line
from survey_row
where load_id = $load_id and employee_id is null;
