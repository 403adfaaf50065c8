-- People with another year of birth than the first one told, at the first row of one load that differs.
-- One row: found, first_line (null where there is none).
with
this_load as (select load_no from load where load_id = $load_id),
differing as (
    select person from checked_person where born_first <> born_last
),
placed as (
    select person, birth_year,
        {'day': coalesce(as_of_date, date '0001-01-01'), 'load_no': load_no, 'line': line} as place
    from held_row join differing using (person)
    where birth_year is not null
),
first_year as (select person, arg_min(birth_year, place) as birth_year from placed group by person),
first_row as (
    select person, min(place) as place
    from placed anti join first_year using (person, birth_year)
    group by person
)
select count(*) as found, min(place.line) as first_line
from first_row join this_load on this_load.load_no = place.load_no;
