-- Grain: one row that holds of somebody in a pair; as_of_date is null in a list without a date. A table of its own,
-- because the view people works everything out anew at each use. Reads programme_pair.
create or replace temp table programme_told as
with member as (select mentor_id as employee_id from programme_pair union select mentee_id from programme_pair)
select employee_id, as_of_date, level, department, location, hire_date, birth_year
from people semi join member using (employee_id);
