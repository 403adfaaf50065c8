-- Grain: one side of one pair: what its person was in the last snapshot on or before the pair's first day, or in a list
-- without a date. Never what they became later; only the days of hire and birth, which do not change, come from a later
-- snapshot where no earlier one exists. rank: the level's rank on the ladder. Reads programme_pair,
-- programme_told.
create or replace temp table programme_person as
with
side as (
    select pair_id, 'mentor' as side, mentor_id as employee_id, start_date from programme_pair
    union all
    select pair_id, 'mentee', mentee_id, start_date from programme_pair
),
dated as (select * from programme_told where as_of_date is not null),
ever as (
    select employee_id, arg_min(hire_date, as_of_date) as hire_date, arg_min(birth_year, as_of_date) as birth_year
    from dated group by employee_id
),
then_told as (
    select side.*, dated.level, dated.department, dated.location, dated.hire_date, dated.birth_year
    from side
    asof left join dated on dated.employee_id = side.employee_id and dated.as_of_date <= side.start_date
)
select
    pair_id, then_told.side,
    coalesce(then_told.level, master.level, 'unknown') as level,
    coalesce(then_told.department, master.department, 'unknown') as department,
    coalesce(then_told.location, master.location, 'unknown') as location,
    coalesce(then_told.hire_date, master.hire_date, ever.hire_date) as hire_date,
    coalesce(then_told.birth_year, master.birth_year, ever.birth_year) as birth_year,
    ladder.rank
from then_told
left join (select * from programme_told where as_of_date is null) as master using (employee_id)
left join ever using (employee_id)
left join ladder on ladder.level = coalesce(then_told.level, master.level);
