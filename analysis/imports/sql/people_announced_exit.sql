-- People of one load whose exit lies after the day of the snapshot (of the load, in a master list).
-- One row: found, first_line (null where there is none).
select count(*) as found, min(line) as first_line
from people_row join load using (load_id)
where load_id = $load_id and termination_date > coalesce(people_row.as_of_date, loaded_at::date);
