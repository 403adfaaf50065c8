-- Pairs of one load that start after the day of the load.
-- One row: found, first_line (null where there is none).
select count(*) as found, min(line) as first_line
from pairs_row join load using (load_id)
where load_id = $load_id and start_date > loaded_at::date and status is distinct from 'planned';
