-- Grain: one department, and the first quarter with a participant of this side in it.
-- A participant's department is that of their last snapshot by the day on which they joined.
-- unit: a number for the department; joined: a running number of quarters, 0 for none by the cutoff.
-- Parameters: $side, $cutoff, $first_month.
create or replace temp table panel_unit as
with
dated as (select * from people where as_of_date is not null and department is not null),
named as (
    select department from dated
    union
    select department from measures where department is not null
),
joining as (
    select department, min((year(enrolled_on) * 12 + month(enrolled_on) - $first_month) // 3) as quarter
    from enrolment
    asof join dated on dated.employee_id = enrolment.employee_id and dated.as_of_date <= enrolment.enrolled_on
    where side = $side and enrolled_on <= $cutoff
    group by department
)
select row_number() over (order by department) as unit, department, coalesce(quarter, 0) as joined, null::int as until
from named
left join joining using (department);
