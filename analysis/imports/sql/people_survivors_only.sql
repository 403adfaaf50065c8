-- All that holds, told with the newest people load: two hundred people or more, dates that span a year, and nobody who
-- ever left or is missing from a later snapshot.
-- One row: found (people), first_line.
with
newest as (select max(load_no) as load_no from load where kind = 'people' and state = 'active'),
covered as (
    select count(*) as people, bool_or(terminated) as anybody_left,
        min(hired_first) as hired_from, max(hired_first) as hired_to,
        min(first_seen) as seen_from, max(last_seen) as seen_to, min(last_seen) as missing_from
    from checked_person
)
select people as found, 1 as first_line
from covered, newest join load using (load_no)
where load_id = $load_id and people >= 200 and not anybody_left
    and missing_from is not distinct from seen_to
    and not exists (select 1 from checked_exit)
    and (hired_to >= hired_from + interval 12 month or seen_to >= seen_from + interval 12 month);
