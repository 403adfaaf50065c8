-- The view people step by step. DuckDB keeps a view without the words "not materialized" of its parts, and then writes
-- down every part that is used twice, all columns of it, at each use; a view is read as if its text stood there.

create view people_active as
select row_.*, active_load.load_no, active_load.batch from people_row as row_ join active_load using (load_id);

-- A snapshot may come in several files; a later command's files replace them all.
-- Grain: one snapshot. files: of the command that holds.
create view people_told as
with
told_by as (
    select as_of_date, load_id, batch, coalesce(scope, 'everyone') as scope
    from (select distinct as_of_date, load_id from people_row where as_of_date is not null)
    join active_load using (load_id)
)
select as_of_date, batch, count(*) as files, bool_and(scope = 'changes') as only_changes
from told_by
group by as_of_date, batch
qualify row_number() over (partition by as_of_date order by batch desc) = 1;

-- A key stands once in each file, so only dates that several files tell are searched for the newest word on it.
create view people_dated as
select people_active.* from people_active join people_told using (as_of_date, batch) where files = 1
union all
(
    select people_active.* from people_active join people_told using (as_of_date, batch) where files > 1
    qualify row_number() over (partition by employee_id, as_of_date order by load_no desc) = 1
);

-- A list of changes stands on the snapshots before it, back to the newest that holds everyone.
create view people_standing_on as
select changes.as_of_date as changed_on, coalesce(max(whole.as_of_date), date '0001-01-01') as whole_on
from people_told as changes
left join people_told as whole on whole.as_of_date < changes.as_of_date and not whole.only_changes
where changes.only_changes
group by changes.as_of_date;

-- Whoever a list of changes does not name is carried over from there, unless they had left by its date.
create or replace view people as
select * from people_dated
union all
select * from (
    select dated.* replace (changed_on as as_of_date)
    from people_standing_on
    join people_dated as dated on dated.as_of_date >= whole_on and dated.as_of_date < changed_on
    where not exists (
        select 1 from people_dated as named
        where named.as_of_date = changed_on and named.employee_id = dated.employee_id
    )
    qualify row_number() over (partition by changed_on, dated.employee_id order by dated.as_of_date desc) = 1
)
where (termination_date is null or termination_date >= as_of_date)
    and employment_status is distinct from 'terminated'
union all
(
    select * from people_active where as_of_date is null
    qualify row_number() over (partition by employee_id order by load_no desc) = 1
);
