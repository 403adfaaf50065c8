-- Goals of one load that were set or closed after the day of the load.
-- One row: found, first_line (null where there is none).
select count(*) as found, min(line) as first_line
from goals_row join load using (load_id)
where load_id = $load_id and greatest(set_on, closed_on) > loaded_at::date;
