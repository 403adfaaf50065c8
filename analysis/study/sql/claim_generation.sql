-- Grain: one employee with a known year of birth in the newest list: whether born from 1997 on (Generation Z).
select '' as part, (birth_year >= 1997)::int as hits, 1 as total
from people join calendar on as_of_date is not distinct from last_snapshot
where birth_year is not null
    and employment_status is distinct from 'terminated'
    and (termination_date is null or termination_date > coalesce(as_of_date, termination_date))
