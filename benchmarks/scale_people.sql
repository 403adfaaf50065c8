-- The derived tables of an invented employer of any size, drawn by hashing the person's number: no export files, no
-- load. Covariates depend on each other as they do among people: departments have home towns, age goes with level,
-- hours with gender; who stays, rises and joins depends on level, rating and length of service.
-- Everything is counted in months from the first trial on, one trial a quarter. {employees}, {trials}, {share} of people who ever join.
create or replace temp macro draw(person, salt) as (hash(person, salt) % 1000000)::double / 1000000.0;
create or replace temp macro pick(words, u) as words[1 + floor(len(words) * u)::int];
create or replace temp macro day_of(month) as (date '2021-01-01' + to_months(month::int))::date;

create table person as
select range::integer as person, 'p' || lpad(range::text, 8, '0') as employee_id from range(1, {employees} + 1);

create temp table someone as
with
first as (
    select person,
        case when draw(person, 'level') < 0.32 then 1 when draw(person, 'level') < 0.58 then 2
            when draw(person, 'level') < 0.78 then 3 when draw(person, 'level') < 0.90 then 4
            when draw(person, 'level') < 0.97 then 5 else 6 end as base_level,
        floor(20 * power(draw(person, 'department'), 1.7))::int as department,
        if(draw(person, 'when') < 0.8, -floor(-ln(1 - draw(person, 'hired')) * 70), floor(draw(person, 'hired') * 40))::int
            as hired,
        draw(person, 'merit') as merit
    from person
),
second as (
    select *,
        if(draw(person, 'home') < 0.7, department % 12, floor(12 * power(draw(person, 'town'), 1.5)))::int as location,
        if(draw(person, 'woman') < 0.30 + 0.02 * department, 'woman', if(draw(person, 'x') < 0.98, 'man', 'nonbinary'))
            as gender,
        (1999 - 4 * base_level - floor(26 * power(draw(person, 'age'), 1.4)) - greatest(-hired, 0) // 40)::int as born,
        0.009 + 0.006 * (1 - merit) + 0.003 * (base_level <= 2)::int as leaving,
        0.005 + 0.008 * merit as rising
    from first
)
select *,
    greatest(hired, 0) + floor(ln(1 - draw(person, 'exit')) / ln(1 - leaving))::int as left_in,
    greatest(hired - 1, -12) + floor(ln(1 - draw(person, 'rise')) / ln(1 - rising))::int as rose_in,
    if(
        draw(person, 'join') < 2.0 * {share} * (0.5 + merit) * (base_level in (2, 3, 4))::int,
        floor(draw(person, 'cohort') * {trials})::int, null
    ) as joins
from second;

create table trial as
with numbered as (select range::int as t, 3 * range::int as m from range({trials}))
select (t + 1)::smallint as trial_id, 'mentor' as side, 'reverse' as programme_id,
    'cohort ' || lpad((t + 1)::text, 2, '0') as cohort, date_trunc('month', day_of(m))::date as month,
    day_of(m) as time_zero,
    (select count(*) from someone where joins = t and hired <= m and left_in >= m) as enrolled,
    day_of(m) - 1 as base_date, day_of(m - 12) - 1 as year_before, true as promotions_declared,
    false as moves_declared, day_of(m) as promotions_known_from, day_of(3 * {trials} + 12) as promotions_known_to,
    null::date as moves_known_from, null::date as moves_known_to, true as has_base
from numbered;

create table calendar as
select day_of(-12) as first_snapshot, day_of(3 * {trials} + 12) as last_snapshot, true as has_snapshots,
    day_of(3 * {trials} + 12) as data_as_of, day_of(-24) as promotions_from,
    day_of(3 * {trials} + 12) as promotions_to, true as has_ladder, null::date as moves_from, null::date as moves_to,
    true as has_departments;

create table enrolment as
select 'mentor' as side, employee_id, 'reverse' as programme_id, cohort, time_zero as enrolled_on, month,
    null::date[] as joined_again
from someone join person using (person) join trial on trial_id = joins + 1
where hired <= 3 * joins and left_in >= 3 * joins;

create temp table people as
select level, department, location, rating as performance_rating, gender, ethnicity, birth_year
from (select unnest(['A', 'B', 'C', 'D', 'E', 'F']) as level, unnest(range(20)::text[]) as department,
    unnest(range(12)::text[]) as location, unnest(['1', '2', '3', '4', '5']) as rating,
    unnest(['woman', 'man', 'nonbinary']) as gender,
    unnest(['asian', 'black', 'hispanic', 'mixed', 'white']) as ethnicity, unnest(range(1930, 2011, 5)) as birth_year);
create temp table event_row as select null::text as from_level, null::text as to_level;
