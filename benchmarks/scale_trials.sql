-- Person-trials as analysis/study/sql describes them, of the people in scale.sql.
create table exit_date as
select employee_id, person, day_of(left_in) as exit_date,
    pick(['voluntary', 'voluntary', 'voluntary', 'voluntary', 'involuntary', 'involuntary', 'other'],
        draw(person, 'type'))::exit_word as exit_type,
    false as vanished
from someone join person using (person) where left_in < 3 * {trials} + 12;

create temp table described as
with
present as (
    select trial_id, 3 * (trial_id - 1) as m, someone.*,
        least(base_level + (rose_in <= 3 * (trial_id - 1))::int, 6) as level,
        joins = trial_id - 1 as takes_part,
        least(4, floor(5 * (0.6 * merit + 0.4 * draw(person, 'year' || (trial_id // 4)))))::int as rating
    from someone
    join trial on hired <= 3 * (trial_id - 1) and left_in >= 3 * (trial_id - 1) and coalesce(joins, 99) >= trial_id - 1
),
outcome as (
    select *,
        left_in - m + 1 + if(coalesce(takes_part, false) and draw(person, 'effect') < 0.25, 12, 0) as months_to_exit,
        if(rose_in > m and rose_in < left_in and level < 6, rose_in - m, null) as months_to_rise
    from present
)
select
    trial_id, person, coalesce(takes_part, false)::tinyint as a,
    if(m - hired < 6, 'too short a service at time zero', null)::barred_word as barred,
    chr(64 + level)::level_word as level, level = 6 as at_top,
    department::text::department_word as department, location::text::location_word as location,
    case when m - hired < 24 then '0-2 years' when m - hired < 60 then '2-5 years' else '5 years and more' end
        ::tenure_word as tenure_band,
    (rating + 1)::text::rating_word as performance_rating,
    if(m - hired < 12, 'unknown', if(rose_in > m - 12 and rose_in <= m, 'yes', 'no'))::answer_word
        as promoted_last_year,
    if(draw(person, 'hours') < if(gender = 'woman', 0.2, 0.05), 'yes', 'no')::answer_word as part_time,
    gender::gender_word as gender,
    if(draw(person, 'told') < 0.05, 'unknown', pick(['white', 'white', 'white', 'white', 'asian', 'asian', 'black',
        'black', 'hispanic', 'mixed'], draw(person, 'ethnicity')))::ethnicity_word as ethnicity,
    ((born // 10 * 10)::text || 's')::age_word as age_band,
    pick(['no', 'no', 'no', 'no', 'no', 'no', 'no', 'yes', 'declined', 'unknown'], draw(person, 'd'))::answer_word
        as disability,
    pick(['no', 'no', 'no', 'no', 'no', 'no', 'no', 'yes', 'declined', 'unknown'], draw(person, 'l'))::answer_word
        as lgbtq,
    if(born <= 1964, 'boomer', if(born <= 1980, 'x', if(born <= 1996, 'millennial', 'z')))::generation_word
        as generation,
    if(left_in < 3 * {trials} + 12, pick(['voluntary', 'voluntary', 'voluntary', 'voluntary', 'involuntary',
        'involuntary', 'other'], draw(person, 'type')), null)::exit_word as exit_type,
    false as vanished, false as undated_rise,
    if(left_in < 3 * {trials} + 12, months_to_exit, null)::smallint as exit_month,
    months_to_rise::smallint as promotion_month, null::smallint as move_month,
    coalesce(joins > trial_id - 1 and joins <= trial_id + 3, false) as joined_later,
    draw(person, 'manager' || trial_id) < 0.02 as near, false as accepted, false as accepted_before
from outcome;

create temp table described_before as
with
earlier as (
    select *, 3 * (trial_id - 1) as m, least(base_level + (rose_in <= 3 * (trial_id - 1) - 12)::int, 6) as level_then
    from described
    join (select person, base_level, rose_in, hired from someone) using (person)
    where barred is null and hired <= 3 * (trial_id - 1) - 12
)
select * exclude (m, level_then, base_level, rose_in, hired)
    replace (
        chr(64 + level_then)::level_word as level, level_then = 6 as at_top,
        case when m - 12 - hired < 24 then '0-2 years' when m - 12 - hired < 60 then '2-5 years'
            else '5 years and more' end::tenure_word as tenure_band,
        'unknown'::answer_word as promoted_last_year
    ),
    level_then < 6 and rose_in > m - 12 and rose_in <= m as promoted_before
from earlier;
