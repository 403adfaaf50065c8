-- Lines of one survey load that were answered after the day of the load. One line may hold many answers.
-- One row: found, first_line (null where there is none).
select count(distinct line) as found, min(line) as first_line
from survey_row join load using (load_id)
where load_id = $load_id and submitted_at > loaded_at::date;
