-- One row: what the loaded data cover.
-- data_as_of: the date to which exits are known (the last full snapshot; without snapshots the last fact that has
-- happened: an exit of somebody who is not gone yet is a plan, and makes no cohort mature).
-- promotions_from, promotions_to: the span in which declared promotion events are held, in whole months. It ends with
-- the last event of any type, because promotions may come once a year. moves_from, moves_to: the same of moves
-- sideways, where any is held.
create or replace table calendar as
with
snapshots as (select min(as_of_date) as first_snapshot, max(as_of_date) as last_snapshot from held_row),
-- What is dated after the newest load is planned, not known.
today as (select max(loaded_at)::date as loaded_on from load),
master as (
    select max(termination_date) as last_exit from held_row, today
    where termination_date <= loaded_on
        and not still_there
),
events as (
    select max(effective_date) as last_event, min(effective_date) filter (event_type = 'promotion') as first_promotion,
        min(effective_date) filter (event_type in ('lateral', 'transfer')) as first_move
    from job_events, today
    where effective_date <= loaded_on
),
held as (
    select max(session_date) as last_session from sessions, today
    where status <> 'scheduled' and session_date <= loaded_on
)
select
    first_snapshot,
    last_snapshot,
    last_snapshot is not null as has_snapshots,
    least(coalesce(last_snapshot, greatest(last_exit, last_event, last_session)), loaded_on) as data_as_of,
    date_trunc('month', first_promotion)::date as promotions_from,
    case when first_promotion is not null then last_day(last_event) end as promotions_to,
    (select count(*) from ladder) > 0 as has_ladder,
    date_trunc('month', first_move)::date as moves_from,
    case when first_move is not null then last_day(last_event) end as moves_to,
    has_departments
from snapshots, master, events, held, today, word_held;
