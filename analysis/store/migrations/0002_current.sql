-- What holds today: of all active loads, the newest word on each key.
-- A dated people file replaces its whole date; everything else is replaced key by key, never appended blindly.

create view active_load as
select load_id, load_no, batch from load where state = 'active';

create view people as
with
active as (
    select row_.*, active_load.load_no, active_load.batch from people_row as row_ join active_load using (load_id)
),
-- A snapshot may come in several files; a later command's files replace them all.
newest_snapshot as (
    select as_of_date, max(batch) as batch from active where as_of_date is not null group by as_of_date
)
select active.* from active join newest_snapshot using (as_of_date, batch)
qualify row_number() over (partition by employee_id, as_of_date order by load_no desc) = 1
union all
select * from active where as_of_date is null
qualify row_number() over (partition by employee_id order by load_no desc) = 1;

create view job_events as
select row_.* from job_events_row as row_ join active_load using (load_id)
qualify row_number() over (partition by employee_id, effective_date, event_type order by load_no desc) = 1;

create view ladder as
select level, rank from ladder_row
where load_id = (
    select load_id from ladder_row join active_load using (load_id) order by load_no desc limit 1
);

create view invitations as
select row_.* from invitations_row as row_ join active_load using (load_id)
qualify row_number() over (partition by employee_id, side, programme_id, cohort order by load_no desc) = 1;

create view pairs as
select row_.* from pairs_row as row_ join active_load using (load_id)
qualify row_number() over (partition by pair_id order by load_no desc) = 1;

create view sessions as
select row_.* from sessions_row as row_ join active_load using (load_id)
qualify row_number() over (partition by session_id order by load_no desc) = 1;

create view goals as
select row_.* from goals_row as row_ join active_load using (load_id)
qualify row_number() over (partition by goal_id order by load_no desc) = 1;

create view survey as
select row_.* from survey_row as row_ join active_load using (load_id)
qualify rank() over (partition by survey_id, wave, side, response_id order by load_no desc) = 1;

create view measures as
select row_.* from measures_row as row_ join active_load using (load_id)
qualify row_number() over (partition by metric, date, employee_id, department order by load_no desc) = 1;

create view plan_text as
select body from plan_row join active_load using (load_id) order by load_no desc limit 1;
