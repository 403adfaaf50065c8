-- Measures of one load that are dated after the day of the load.
-- One row: found, first_line (null where there is none).
select count(*) as found, min(line) as first_line
from measures_row join load using (load_id)
where load_id = $load_id and date > loaded_at::date;
