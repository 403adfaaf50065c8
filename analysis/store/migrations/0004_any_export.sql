-- What reading any export needs: how each file was read, lists that hold only changes, reasons beside leaving events.

-- Everything that was decided about one file's columns and values, as JSON, to answer the next file of the same shape.
create table mapping_row (
    load_id text not null,
    file_kind text not null,
    headers text[] not null, -- normalised, sorted
    body text not null
);

alter table load add column scope text; -- of a people file: everyone (or null), or changes
alter table load add column loaded_by text; -- who loaded it, as far as the application knows
alter table job_events_row add column termination_type text;

create or replace view active_load as
select load_id, load_no, batch, scope from load where state = 'active';

create or replace view job_events as
select row_.* from job_events_row as row_ join active_load using (load_id)
qualify row_number() over (partition by employee_id, effective_date, event_type order by load_no desc) = 1;

-- A list of changes stands on the snapshots before it, back to the newest that holds everyone: whoever it does not name
-- is carried over from there, unless they had left by its date. A key stands once in each file, so only dates that several
-- files tell are searched for the newest word on it. Nothing is materialized: each use reads only the columns it needs.
create or replace view people as
with
active as not materialized (
    select row_.*, active_load.load_no, active_load.batch from people_row as row_ join active_load using (load_id)
),
told_by as not materialized (
    select distinct as_of_date, load_id, batch, coalesce(scope, 'everyone') as scope
    from (select distinct as_of_date, load_id from people_row where as_of_date is not null)
    join active_load using (load_id)
),
-- A snapshot may come in several files; a later command's files replace them all.
newest_snapshot as not materialized (select as_of_date, max(batch) as batch from told_by group by as_of_date),
told as not materialized (
    select as_of_date, batch, count(*) as files, bool_and(scope = 'changes') as only_changes
    from told_by join newest_snapshot using (as_of_date, batch)
    group by all
),
dated as not materialized (
    select active.* from active join told using (as_of_date, batch) where files = 1
    union all
    (
        select active.* from active join told using (as_of_date, batch) where files > 1
        qualify row_number() over (partition by employee_id, as_of_date order by load_no desc) = 1
    )
),
standing_on as not materialized (
    select changes.as_of_date as changed_on, coalesce(max(whole.as_of_date), date '0001-01-01') as whole_on
    from told as changes
    left join told as whole on whole.as_of_date < changes.as_of_date and not whole.only_changes
    where changes.only_changes
    group by changes.as_of_date
),
carried as not materialized (
    select dated.* replace (changed_on as as_of_date)
    from standing_on
    join dated on dated.as_of_date >= whole_on and dated.as_of_date < changed_on
    where not exists (
        select 1 from dated as named where named.as_of_date = changed_on and named.employee_id = dated.employee_id
    )
    qualify row_number() over (partition by changed_on, dated.employee_id order by dated.as_of_date desc) = 1
)
select * from dated
union all
select * from carried
where (termination_date is null or termination_date >= as_of_date)
    and employment_status is distinct from 'terminated'
union all
(
    select * from active where as_of_date is null
    qualify row_number() over (partition by employee_id order by load_no desc) = 1
);
