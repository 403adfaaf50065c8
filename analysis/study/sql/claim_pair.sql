-- Grain: one pair of the programmes studied that began by the cutoff. last_day: the last day on which it could meet.
-- Parameters: $programmes (ids; the first one stands for pairs that name none), $cutoff.
create or replace temp table claim_pair as
select pair_id, mentor_id, mentee_id, start_date, status, topic, match_rule,
    least(coalesce(end_date, $cutoff), $cutoff) as last_day
from pairs
where list_contains($programmes, coalesce(programme_id, $programmes[1]))
    and status is distinct from 'planned'
    and start_date <= $cutoff;
