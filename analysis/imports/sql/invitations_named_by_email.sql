-- Invitations of one load whose employee_id is the e-mail address of somebody in the people files.
-- One row: found, first_line (null where there is none).
with
unknown as (select line, employee_id from invitations_row where load_id = $load_id),
address as (select distinct email from people where email is not null)
select count(distinct line) as found, min(line) as first_line
from unknown
anti join held_person using (employee_id)
join address on email = employee_id;
