-- Grain: one trial of the figure: the mature cohorts of one side.
-- Parameters: $side, $cutoff, $horizon months (0: every cohort that started by the cutoff, mature or not), $known:
-- "exits", "promotion" or "move", what must be known to the horizon, $programme (null: all of them), and $window: for want of events, promotions and
-- moves show between two snapshots within so many months.
-- months_seen: whole months followed up to $cutoff, and no further than promotions or moves are known.
-- cohort_no numbers the cohorts in the order of their names.
create or replace temp table figure_trial as
with
started as (
    select *,
        case $known
            when 'promotion' then least($cutoff, promotions_known_to)
            when 'move' then least($cutoff, moves_known_to)
            else $cutoff
        end as followed_to,
        case $known when 'promotion' then promotions_known_from when 'move' then moves_known_from else time_zero end
            as known_from
    from trial
    where side = $side and has_base and ($programme is null or programme_id = $programme)
)
select
    trial_id, programme_id, cohort, time_zero, enrolled, year_before,
    (dense_rank() over (order by cohort) - 1)::smallint as cohort_no,
    (
        date_diff('month', time_zero, followed_to)
        - (time_zero + to_months(date_diff('month', time_zero, followed_to)::int) > followed_to)::int
    )::smallint as months_seen
from started
where time_zero + to_months($horizon) <= followed_to and known_from <= time_zero + to_months($window);
