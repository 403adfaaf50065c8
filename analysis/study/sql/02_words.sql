-- The words that the people files hold, found in one pass. ratings: how many, and where their thirds begin and end.
-- has_departments: whether snapshots hold more than one.
create or replace temp table word_held as
select
    list(distinct level) as level, list(distinct department) as department, list(distinct location) as location,
    list(distinct performance_rating) as rating, list(distinct gender) as gender,
    list(distinct ethnicity) as ethnicity, list(distinct birth_year // 10 * 10) as decade,
    count(distinct performance_rating) as ratings,
    quantile_cont(try_cast(performance_rating as double), [0.3333, 0.6667]) as cut,
    count(distinct department) filter (as_of_date is not null) > 1 as has_departments
from people;

-- The words of each covariate as types, one byte or two each, so that every later step joins and groups small
-- integers. In alphabetical order, so that codes sort as the words do.
create type level_word as enum (
    select word from (
        select unnest(level) as word from word_held
        union select from_level from event_row
        union select to_level from event_row
        union select 'unknown'
    ) where word is not null order by word
);
create type department_word as enum (
    select word from (
        select unnest(department) as word from word_held union select unnest(['other', 'unknown'])
    ) where word is not null order by word
);
create type location_word as enum (
    select word from (
        select unnest(location) as word from word_held union select unnest(['other', 'unknown'])
    ) where word is not null order by word
);
create type rating_word as enum (
    select word from (
        select unnest(rating) as word from word_held where ratings <= 6
        union select unnest(['high', 'low', 'mid', 'unknown'])
    ) where word is not null order by word
);
create type gender_word as enum (
    select word from (select unnest(gender) as word from word_held union select 'unknown')
    where word is not null order by word
);
create type ethnicity_word as enum (
    select word from (select unnest(ethnicity) as word from word_held union select 'unknown')
    where word is not null order by word
);
create type age_word as enum (
    select word from (
        select unnest(decade)::text || 's' as word from word_held union select 'unknown'
    ) where word is not null order by word
);
create type answer_word as enum ('declined', 'no', 'unknown', 'yes');
create type tenure_word as enum ('0-2 years', '2-5 years', '5 years and more');
create type generation_word as enum ('boomer', 'millennial', 'unknown', 'x', 'z');
create type exit_word as enum ('involuntary', 'other', 'voluntary');
create type barred_word as enum (
    'left on or before time zero',
    'took part on the other side before',
    'too short a service at time zero',
    'worker type not in the study'
);
