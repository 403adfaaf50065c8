-- Invitations of one load that were applied for, sent or answered after the day of the load.
-- One row: found, first_line (null where there is none).
select count(*) as found, min(line) as first_line
from invitations_row join load using (load_id)
where load_id = $load_id and greatest(applied_on, invited_on, responded_on) > loaded_at::date;
