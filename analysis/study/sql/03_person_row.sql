-- Grain: one row of the people files that holds today; as_of_date is null in a master list.
-- rank: the level's rank on the ladder. lowest_rank_before: the lowest rank in the snapshots of the twelve months before.
-- manager: the person's number where the manager is in the files, below zero where not.
create or replace temp table person_row as
with
rating_scale as (
    select count(distinct performance_rating) as levels,
        quantile_cont(try_cast(performance_rating as double), [0.3333, 0.6667]) as cut
    from held_row
),
manager as (
    select manager_id, coalesce(person, -row_number() over (order by manager_id))::integer as manager
    from (select distinct manager_id from held_row where manager_id is not null)
    left join person on person.employee_id = manager_id
),
-- By itself, because a window carries every column of its rows along.
year_before as (
    select person, as_of_date, min(rank) over (
        partition by person order by as_of_date range between interval 12 month preceding and interval 1 day preceding
    ) as lowest_rank_before
    from held_row join person using (employee_id) left join ladder using (level)
    where as_of_date is not null
)
select
    person, held_row.as_of_date, hire_date, termination_date, termination_type, employment_status, worker_type,
    held_row.level::level_word as level,
    ladder.rank,
    lowest_rank_before,
    department::department_word as department,
    location::location_word as location,
    manager,
    case when fte is null then 'unknown' when fte < 1 then 'yes' else 'no' end::answer_word as part_time,
    case
        when performance_rating is null then 'unknown'
        when levels <= 6 then performance_rating
        when try_cast(performance_rating as double) <= cut[1] then 'low'
        when try_cast(performance_rating as double) <= cut[2] then 'mid'
        when try_cast(performance_rating as double) > cut[2] then 'high'
        else 'unknown'
    end::rating_word as performance_rating,
    gender::gender_word as gender,
    ethnicity::ethnicity_word as ethnicity,
    ((birth_year // 10 * 10)::text || 's')::age_word as age_band,
    case
        when birth_year is null then null
        when birth_year <= 1964 then 'boomer'
        when birth_year <= 1980 then 'x'
        when birth_year <= 1996 then 'millennial'
        else 'z'
    end::generation_word as generation,
    disability::answer_word as disability,
    lgbtq::answer_word as lgbtq
from held_row
join person using (employee_id)
cross join rating_scale
left join ladder using (level)
left join manager using (manager_id)
left join year_before using (person, as_of_date);

drop table held_row;
