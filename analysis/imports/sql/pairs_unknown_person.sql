-- Pairs of one load that name somebody who is in no people file.
-- One row: found, first_line (null where there is none), named (lines that name anybody), people (in people files).
with
pair as (
    select
        line,
        mentor_id not in (select employee_id from held_person)
        or mentee_id not in (select employee_id from held_person) as is_unknown
    from pairs_row
    where load_id = $load_id
)
select
    count(*) filter (is_unknown) as found,
    min(line) filter (is_unknown) as first_line,
    count(*) as named,
    (select count(*) from held_person) as people
from pair;
