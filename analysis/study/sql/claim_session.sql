-- Grain: one session of the pairs in claim_pair, up to the cutoff; its topic is the pair's where it names none.
-- Reads claim_pair. Parameter: $cutoff.
create or replace temp table claim_session as
select pair_id, session_id, session_date, sessions.status, cancelled_by,
    coalesce(sessions.topic, claim_pair.topic) as topic
from sessions join claim_pair using (pair_id)
where session_date <= $cutoff;
