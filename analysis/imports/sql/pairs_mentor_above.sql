-- Pairs of one load, of reverse programmes, where the ladder has the level of both: by the newest snapshot at the
-- start, else the master list, else the first snapshot after it.
-- One row: known (pairs), found (those whose mentor stands higher), first_line (null where there is none).
with
pair as (
    select line, pair_id, start_date, mentor_id, mentee_id
    from pairs_row
    where load_id = $load_id and list_contains($programmes, coalesce(programme_id, $programmes[1]))
),
member as (
    select pair_id, line, start_date, 'mentor' as side, mentor_id as employee_id from pair
    union all
    select pair_id, line, start_date, 'mentee', mentee_id from pair
),
placed as (
    select pair_id, member.line, side,
        arg_min(rank, (
            coalesce(as_of_date, date '0001-01-01') > start_date,
            abs(date_diff('day', coalesce(as_of_date, date '0001-01-01'), start_date))
        )) as rank
    from member
    join held_person using (employee_id)
    join held_row using (person)
    where rank is not null
    group by all
),
both_known as (
    select mentor.line, mentor.rank > mentee.rank as above
    from placed as mentor join placed as mentee using (pair_id)
    where mentor.side = 'mentor' and mentee.side = 'mentee'
)
select count(*) as known, count(*) filter (above) as found, min(line) filter (above) as first_line from both_known;
