-- Sessions of one load that took place, or should have, before their pair started.
-- One row: found, first_line (null where there is none).
select count(*) as found, min(sessions_row.line) as first_line
from sessions_row join pairs using (pair_id)
where sessions_row.load_id = $load_id and sessions_row.status in ('held', 'no_show') and session_date < start_date;
