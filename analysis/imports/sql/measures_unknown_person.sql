-- Lines of one measures load with an employee_id that is in no people file. One line may hold several rows.
-- One row: found, first_line (null where there is none).
select count(distinct line) as found, min(line) as first_line
from measures_row anti join held_person using (employee_id)
where load_id = $load_id and employee_id is not null;
