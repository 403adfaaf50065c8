-- Grain: one pair that is over: whether it ended early; pairs matched on skills are one part, all others the other.
-- Reads claim_pair.
select if(match_rule = 'skills', 'one', 'other') as part, (status = 'ended_early')::int as hits, 1 as total
from claim_pair
where status in ('completed', 'ended_early') and match_rule is not null
