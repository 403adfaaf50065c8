-- Grain: one value of a header of pairs, and one group of pairs that a view of them tells: how many pairs it holds.
-- Families and names are those by which programme health counts its views. The quarter "ever" is all to the day.
-- Reads viewed_pair, viewed_session, pair_nudge, programme_person. {value} is a fixed column of viewed_pair.
-- Parameters: $quarters, $first_days, $last_days (by quarter, "ever" among them), $day.
with
quarter as (
    select unnest($quarters) as quarter, unnest($first_days)::date as first_day, unnest($last_days)::date as last_day
),
told as (
    select *, case
        when status in ('held', 'no_show') then status
        when status = 'cancelled' and cancelled_by is null then 'by_unknown'
        when status = 'cancelled' and cancelled_by in ('mentee', 'mentor') then 'by_' || cancelled_by
    end as outcome
    from viewed_session
),
in_quarter as (
    select told.*, quarter, first_day
    from quarter join told on session_date between first_day and last_day
    where outcome is not null
),
recorded as (
    select pair_id, bool_or(status in ('held', 'cancelled', 'no_show')) as yes from viewed_session group by pair_id
),
nudged as (
    select pair_id, unnest(['no_first_session', 'stalled', 'cancellations', 'past_end', 'any']) as name,
        unnest([
            no_first_session, stalled, cancellations, past_end,
            no_first_session or stalled or cancellations or past_end
        ]) as yes
    from pair_nudge
),
member as (
    select pair_id, 'all' as family, '' as name from viewed_pair
    union all
    select pair_id, 'state', state from viewed_pair
    union all
    select pair_id, 'cohort', cohort from viewed_pair
    union all
    select pair_id, 'cell', cohort || ' ' || state from viewed_pair
    union all
    select pair_id, 'quarter', quarter from in_quarter
    union all
    select pair_id, 'outcome', quarter || ' ' || outcome from in_quarter
    union all
    select pair_id, 'week', quarter || ' ' || least((session_date - first_day) // 7 + 1, 13)
    from in_quarter where outcome = 'held' and quarter <> 'ever'
    union all
    select pair_id, 'topic', topic from viewed_session where status = 'held'
    union all
    select pair_id, 'reason', coalesce(end_reason, 'unknown') from viewed_pair where state = 'ended_early'
    union all
    select pair_id, 'kind', kind from goals semi join viewed_pair using (pair_id) where set_on <= $day
    union all
    select pair_id, 'level', programme_person.level
    from viewed_pair
    join programme_person using (pair_id)
    left join recorded using (pair_id)
    where side = 'mentee' and state <> 'planned' and coalesce(yes, true)
    union all
    select pair_id, 'nudge', name from nudged where yes
)
select coalesce({value}, 'unknown') as value, family, name, count(distinct pair_id)::integer as pairs
from member join viewed_pair using (pair_id)
group by all
order by all;
