-- Pairs of one load (?) that name somebody who is in no people file.
-- One row: lines, first_line (null where there is none).
with
pair_rows as (select line, mentor_id, mentee_id from pairs_row where load_id = ?),
known as (select distinct employee_id from people)
select count(*) as lines, min(line) as first_line
from pair_rows
where mentor_id not in (select employee_id from known) or mentee_id not in (select employee_id from known);
