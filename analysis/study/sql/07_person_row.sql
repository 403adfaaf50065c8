-- Grain: one row that the trials are made of: of a snapshot that some trial starts from, or the one a year before it;
-- and of a master list, where as_of_date is null. {any_trial}: whether there is any; where not, nothing is read.
-- rank: the level's rank on the ladder. lowest_rank_before: the lowest rank in the snapshots of the twelve months before.
-- manager: the person's number where the manager is in the files, below zero where not.
create or replace temp table person_row as
with
wanted as (
    select base_date as as_of_date from trial where base_date is not null
    union
    select year_before from trial where year_before is not null
),
told as (
    select people.* from people semi join wanted using (as_of_date) where {any_trial}
    union all
    select people.* from people where as_of_date is null and {any_trial}
),
manager as (
    select manager_id, coalesce(person, -row_number() over (order by manager_id))::integer as manager
    from (select distinct manager_id from told where manager_id is not null)
    left join person on person.employee_id = manager_id
),
year_before as (
    select wanted.as_of_date, person, min(rank) as lowest_rank_before
    from wanted
    join held_row on held_row.as_of_date >= wanted.as_of_date - interval 12 month
        and held_row.as_of_date < wanted.as_of_date
    where rank is not null
    group by all
)
select
    person, told.as_of_date, hire_date, termination_date, employment_status, worker_type,
    told.level::level_word as level,
    ladder.rank,
    lowest_rank_before,
    department::department_word as department,
    location::location_word as location,
    manager,
    case when fte is null then 'unknown' when fte < 1 then 'yes' else 'no' end::answer_word as part_time,
    case
        when performance_rating is null then 'unknown'
        when ratings <= 6 then performance_rating
        when try_cast(performance_rating as double) <= cut[1] then 'low'
        when try_cast(performance_rating as double) <= cut[2] then 'mid'
        when try_cast(performance_rating as double) > cut[2] then 'high'
        else 'unknown'
    end::rating_word as performance_rating,
    told.gender::gender_word as gender,
    told.ethnicity::ethnicity_word as ethnicity,
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
from told
join person using (employee_id)
cross join (select ratings, cut from word_held) as scale
left join ladder on ladder.level = told.level
left join manager using (manager_id)
left join year_before using (person, as_of_date);
