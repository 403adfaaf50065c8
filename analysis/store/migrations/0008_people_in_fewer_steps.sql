-- The same people with fewer parts: the text of a view is read anew at each use, and reading this one took longer than
-- answering from the files of a small employer.

create or replace view people_standing_on as
select
    as_of_date as changed_on, batch as changed_by,
    coalesce(max(as_of_date) filter (not only_changes) over (order by as_of_date), date '0001-01-01') as whole_on
from people_told
qualify only_changes;

-- Whoever a list of changes does not name is carried over from there, by the newest word on them, unless they had left
-- by its date.
create or replace view people as
select * from people_dated
union all
select * from (
    select people_active.* replace (changed_on as as_of_date)
    from people_standing_on
    join people_told on people_told.as_of_date >= whole_on and people_told.as_of_date < changed_on
    join people_active on people_active.as_of_date = people_told.as_of_date and people_active.batch = people_told.batch
    where not exists (
        select 1 from people_active as named
        where named.as_of_date = changed_on and named.batch = changed_by
            and named.employee_id = people_active.employee_id
    )
    qualify row_number() over (
        partition by changed_on, people_active.employee_id
        order by people_active.as_of_date desc, people_active.load_no desc
    ) = 1
)
where (termination_date is null or termination_date >= as_of_date)
    and employment_status is distinct from 'terminated'
union all
(
    select * from people_active where as_of_date is null
    qualify row_number() over (partition by employee_id order by load_no desc) = 1
);
