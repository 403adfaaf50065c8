-- Grain: one topic: sessions held about it, and pairs that held one. Reads viewed_session.
select topic, count(*)::integer as sessions, count(distinct pair_id)::integer as pairs
from viewed_session where status = 'held'
group by topic
order by topic;
