-- Grain: one employee of known gender in a level that may be mentored, in the newest (one) and the oldest (other) list.
-- Parameter: $levels; an empty list means the levels that hold a participant of that side.
with
level_ as (
    select unnest($levels) as level
    union
    select level from person_trial where side = 'mentee' and a = 1 and len($levels) = 0
),
list_ as (
    select first_snapshot as as_of_date, 'other' as part from calendar where last_snapshot > first_snapshot
    union all
    select last_snapshot, 'one' from calendar where last_snapshot > first_snapshot
)
select part, (gender = 'woman')::int as hits, 1 as total
from people
join list_ using (as_of_date)
join level_ using (level)
where gender in ('woman', 'man', 'non_binary')
    and employment_status is distinct from 'terminated'
    and (termination_date is null or termination_date > as_of_date)
