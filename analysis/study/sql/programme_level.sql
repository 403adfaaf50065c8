-- Grain: one combination of counts of one level of mentees: how many pairs had so many sessions of each kind by the day.
-- Reads viewed_pair, viewed_session, programme_person.
with
counted as (
    select
        level, rank, pair_id,
        count(viewed_session.pair_id)::integer as recorded,
        count(*) filter (viewed_session.status = 'held')::integer as held,
        count(*) filter (viewed_session.status = 'cancelled' and cancelled_by = 'mentee')::integer as by_mentee
    from (select pair_id from viewed_pair where state <> 'planned')
    join (select pair_id, level, rank from programme_person where side = 'mentee') using (pair_id)
    left join viewed_session using (pair_id)
    where viewed_session.status is null or viewed_session.status in ('held', 'cancelled', 'no_show')
    group by all
)
select level, rank, recorded, held, by_mentee, count(*)::integer as pairs
from counted
group by all
order by rank desc nulls last, level, recorded, held, by_mentee;
