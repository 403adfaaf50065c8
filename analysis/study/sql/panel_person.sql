-- Grain: one person who could have joined a side in some cohort by the cutoff, and the quarter in which they joined.
-- unit: a number for the person; joined: the quarter of their first enrolment by the cutoff, 0 for none; until: the
-- quarter in which they joined the other side, from which on they stand in neither group.
-- A quarter is a running number, of fiscal years that start in $first_month. Reads figure_part as made with horizon 0.
-- Parameters: $side, $cutoff, $first_month.
create or replace temp table panel_unit as
with
joining as (
    select employee_id, side, (year(enrolled_on) * 12 + month(enrolled_on) - $first_month) // 3 as quarter
    from enrolment
    where enrolled_on <= $cutoff
)
select person as unit, employee_id, coalesce(own.quarter, 0) as joined, other.quarter as until
from (select distinct person from figure_part)
join person using (person)
left join (from joining where side = $side) as own using (employee_id)
left join (from joining where side <> $side) as other using (employee_id);
