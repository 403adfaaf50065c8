-- Grain: one running pair that needs a nudge, for whoever looks after the programme: where it was loaded from, and why.
-- Reads viewed_pair, pair_nudge.
select
    file_name, line, cohort, start_date, planned_end, last_held, no_first_session, stalled, cancellations, past_end
from viewed_pair join pair_nudge using (pair_id) join load using (load_id)
where no_first_session or stalled or cancellations or past_end
order by file_name, line;
