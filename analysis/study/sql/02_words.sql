-- The words of each covariate as types, one byte or two each, so that every later step joins and groups small
-- integers. In alphabetical order, so that codes sort as the words do.
create type level_word as enum (
    select word from (
        select level as word from held_row
        union select from_level from event_row
        union select to_level from event_row
        union select 'unknown'
    ) where word is not null order by word
);
create type department_word as enum (
    select word from (
        select department as word from held_row union select unnest(['other', 'unknown'])
    ) where word is not null order by word
);
create type location_word as enum (
    select word from (
        select location as word from held_row union select unnest(['other', 'unknown'])
    ) where word is not null order by word
);
create type rating_word as enum (
    select word from (
        select performance_rating as word from held_row
        where (select count(distinct performance_rating) <= 6 from held_row)
        union select unnest(['high', 'low', 'mid', 'unknown'])
    ) where word is not null order by word
);
create type gender_word as enum (
    select word from (select gender as word from held_row union select 'unknown') where word is not null order by word
);
create type ethnicity_word as enum (
    select word from (select ethnicity as word from held_row union select 'unknown')
    where word is not null order by word
);
create type age_word as enum (
    select word from (
        select (birth_year // 10 * 10)::text || 's' as word from held_row union select 'unknown'
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
