-- Cohorts of reverse programmes whose first pair starts less than three months before the data end, or later; told with
-- the load that makes it so: their pairs, or the first people files where these came after them.
-- One row: found, first_line (1 where the pairs came in another file), the first cohort and known_to.
with
this_load as (select load_no, loaded_at::date as loaded_on from load where load_id = $load_id),
first_people as (
    select max(load_no) as people_no from load
    where kind = 'people' and state = 'active'
    group by batch order by batch limit 1
),
-- Exits are known up to the last snapshot; without snapshots, up to the last fact that has happened.
facts as (
    select
        (select max(as_of_date) from held_row) as last_snapshot,
        (select max(exit_date) from checked_exit where exit_date <= loaded_on) as last_exit,
        (select max(effective_date) from job_events where effective_date <= loaded_on) as last_event,
        (select max(session_date) from sessions where status <> 'scheduled' and session_date <= loaded_on)
            as last_session
    from this_load
),
reach as (select coalesce(last_snapshot, greatest(last_exit, last_event, last_session)) as known_to from facts),
cohorts as (
    select
        coalesce(programme_id, $programmes[1]) as programme_id,
        coalesce(cohort, year(start_date)::text || 'Q' || quarter(start_date)::text) as cohort,
        min(start_date) as first_start,
        max(load_no) as pairs_no,
        arg_max(line, (load_no, -line)) as line
    from pairs join load using (load_id)
    where list_contains($programmes, coalesce(programme_id, $programmes[1])) and status is distinct from 'planned'
    group by all
)
select
    count(*) as found,
    min(case when pairs_no = load_no then line else 1 end) as first_line,
    arg_min(cohort, first_start) as cohort,
    any_value(known_to) as known_to
from cohorts
cross join reach
cross join first_people
join this_load on this_load.load_no = greatest(pairs_no, people_no)
where first_start > known_to - interval 3 month;
