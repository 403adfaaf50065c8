-- Sessions of one load that are dated after the day of the load and not just scheduled.
-- One row: found, first_line (null where there is none).
select count(*) as found, min(line) as first_line
from sessions_row join load using (load_id)
where load_id = $load_id and session_date > loaded_at::date and status in ('held', 'no_show');
