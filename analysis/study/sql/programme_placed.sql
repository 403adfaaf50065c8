-- Grain: one pair as of a day, with what its mentor was on the pair's first day.
-- last_day: the last day on which it could meet. plan_until: the day after that, or after the plan's months. due: sessions
-- that the plan would have seen by then, in whole ones; null where the plan sets no number. lapse_days: a longer wait
-- than so many days is a lapse. Reads programme_pair, programme_person.
-- Parameters: $day, $newest (whether it is the last day that the data cover), $gaps (planned gaps to a lapse).
create or replace temp table placed_pair as
with
stated as (
    select programme_pair.*, state_on(status, start_date, end_date, $day, $newest) as state,
        least(coalesce(end_date, $day), $day)::date as last_day,
        least(least(coalesce(end_date, $day), $day)::date + 1, planned_end)::date as plan_until
    from programme_pair
),
lasting as (
    select *, datesub('month', start_date, plan_until) as whole
    from stated where state is not null
)
select
    lasting.* exclude (whole),
    case
        when sessions_a_month > 0 and plan_until >= start_date then floor(
            sessions_a_month * (
                whole + (plan_until - (start_date + to_months(whole::int))::date)::double
                / ((start_date + to_months(whole::int + 1))::date - (start_date + to_months(whole::int))::date)
            ) + 1e-9
        )::integer
    end as due,
    case when sessions_a_month > 0 then floor($gaps * 30.4375 / sessions_a_month)::integer end as lapse_days,
    department, level, location
from lasting
join programme_person on programme_person.pair_id = lasting.pair_id and side = 'mentor';
