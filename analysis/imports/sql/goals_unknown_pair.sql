-- Goals of one load whose pair is in no pairs file.
-- One row: found, first_line (null where there is none).
select count(*) as found, min(line) as first_line
from goals_row
where load_id = $load_id and pair_id not in (select pair_id from pairs);
