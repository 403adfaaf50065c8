-- Grain: one rise in ladder rank of one person between two consecutive snapshots (rule R10).
-- Dates on which more than 20 % of staff change level are regrades, not promotions.
create or replace table level_rise as
with
ranked as (
    select people.employee_id, as_of_date, rank,
        lag(rank) over person as rank_before,
        lag(as_of_date) over person as seen_before
    from people join ladder using (level)
    where as_of_date is not null
    window person as (partition by people.employee_id order by as_of_date)
),
regrade as (
    select as_of_date from ranked where rank_before is not null
    group by as_of_date having avg((rank <> rank_before)::int) > 0.20
)
select employee_id, seen_before, as_of_date as seen_on
from ranked anti join regrade using (as_of_date)
where rank > rank_before;
