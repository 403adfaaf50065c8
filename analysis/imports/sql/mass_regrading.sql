-- Snapshots in which more than 20 % of staff have another rank than in the one before (rule R10, as the study counts
-- it); told with the load that completes the two, or with the ladder that holds.
-- One row: found, first_line, and the first of them: day, share (a proportion).
with
this_load as (select load_no from load where load_id = $load_id),
ladder_load as (
    select max(load_no) as ladder_no from ladder_row join load using (load_id) where state = 'active'
),
ranked as (
    select as_of_date, rank, lag(rank) over (partition by person order by as_of_date) as rank_before
    from held_row where as_of_date is not null and rank is not null
),
regraded as (
    select as_of_date, avg((rank <> rank_before)::int) as share
    from ranked where rank_before is not null
    group by as_of_date having avg((rank <> rank_before)::int) > 0.20
)
select count(*) as found, 1 as first_line, min(as_of_date) as day, arg_min(share, as_of_date) as share
from regraded
join checked_snapshot using (as_of_date)
cross join ladder_load
join this_load on this_load.load_no in (told_by, ladder_no);
