-- Accepted invitations of one load whose person is in no pair of that side, programme and cohort.
-- One row: found, first_line (null where there is none, and where no pairs are loaded at all).
with
paired as (
    select 'mentor' as side, mentor_id as employee_id, coalesce(programme_id, $programmes[1]) as programme_id, cohort
    from pairs
    union
    select 'mentee', mentee_id, coalesce(programme_id, $programmes[1]), cohort from pairs
)
select count(*) as found, min(line) as first_line
from invitations_row as invited
where load_id = $load_id and response = 'accepted'
    and exists (select 1 from paired)
    and not exists (
        select 1 from paired
        where paired.employee_id = invited.employee_id and paired.side = invited.side
            and paired.programme_id = coalesce(invited.programme_id, $programmes[1])
            and coalesce(paired.cohort = invited.cohort, true)
    );
