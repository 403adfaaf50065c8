-- Grain: one pair: whole months since it began, up to its end, the cutoff or the programme's months, and those of them
-- in which a session was held. Reads claim_pair and claim_session. Parameter: $months of the programme.
with
month as (
    select claim_pair.*, unnest(range(0, least($months, datesub('month', start_date, last_day + 1)))) as month
    from claim_pair
),
met as (
    select distinct pair_id, datesub('month', start_date, session_date) as month
    from claim_session join claim_pair using (pair_id)
    where claim_session.status = 'held' and session_date >= start_date
)
select '' as part, count(met.month) as hits, count(*) as total
from month left join met using (pair_id, month)
group by pair_id
