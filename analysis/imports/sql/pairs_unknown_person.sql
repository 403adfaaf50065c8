-- Pairs of one load that name somebody who is in no people file.
-- One row: found, first_line (null where there is none).
select count(*) as found, min(line) as first_line
from pairs_row
where load_id = $load_id and (
    mentor_id not in (select employee_id from held_person)
    or mentee_id not in (select employee_id from held_person)
);
