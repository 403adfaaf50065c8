-- Grain: one rise in ladder rank of one person between two consecutive snapshots (rule R10).
-- Dates on which more than 20 % of staff change level are regrades, not promotions.
-- {any_trial}: whether there is any; where not, nothing is read.
create or replace table level_rise as
with
ranked as (
    select person, as_of_date, rank,
        lag(rank) over person_window as rank_before,
        lag(as_of_date) over person_window as seen_before
    from held_row
    where as_of_date is not null and rank is not null and {any_trial}
    window person_window as (partition by person order by as_of_date)
),
regrade as (
    select as_of_date from ranked where rank_before is not null
    group by as_of_date having avg((rank <> rank_before)::int) > 0.20
)
select person, seen_before, as_of_date as seen_on
from ranked anti join regrade using (as_of_date)
where rank > rank_before;

-- Grain: one change of department of one person between two consecutive snapshots, by the same rule: dates on which
-- more than 20 % of staff change department are reorganisations, not moves.
create or replace table department_change as
with
placed as (
    select person, as_of_date, department,
        lag(department) over person_window as department_before,
        lag(as_of_date) over person_window as seen_before
    from people join person using (employee_id)
    where as_of_date is not null and department is not null and {any_trial}
    window person_window as (partition by person order by as_of_date)
),
reorganisation as (
    select as_of_date from placed where department_before is not null
    group by as_of_date having avg((department <> department_before)::int) > 0.20
)
select person, seen_before, as_of_date as seen_on
from placed anti join reorganisation using (as_of_date)
where department <> department_before;
