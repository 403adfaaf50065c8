-- E-mail addresses that a second employee_id has, at the first row of one load where that second one appears.
-- One row: found, first_line (null where there is none).
with
this_load as (select load_no from load where load_id = $load_id),
first_row as (
    select email, employee_id,
        min({'day': coalesce(as_of_date, date '9999-12-31'), 'load_no': load_no, 'line': line}) as place
    from people
    where email is not null
    group by all
),
later_one as (
    select place from first_row
    qualify row_number() over (partition by email order by place) > 1
)
select count(*) as found, min(place.line) as first_line
from later_one join this_load on this_load.load_no = place.load_no;
