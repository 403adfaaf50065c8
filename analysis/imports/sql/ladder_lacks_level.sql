-- Levels that people hold and that the ladder of one load lacks.
-- One row: found, first_line (the header: the fault is in no line of the ladder).
select count(distinct level) as found, 1 as first_line
from people
where level is not null and level not in (select level from ladder_row where load_id = $load_id);
