-- Grain: one employee in one trial whom the programme may have reached beside their own pair (spill-over): comparators
-- who share a manager with a participant of the trial, and participants whose own pair lies inside one reporting
-- line: the mentee among the mentor's managers, at most ten steps up, as in the base snapshot.
-- Parameter: $programmes as in enrolment.
create or replace temp table near as
with recursive
participant as (
    select trial_id, person, side, enrolled_on, time_zero, base_date, manager from judged where in_batch
),
paired as (
    select mentor.person as mentor, mentee.person as mentee, start_date
    from pairs
    join person as mentor on mentor.employee_id = mentor_id
    join person as mentee on mentee.employee_id = mentee_id
    where list_contains($programmes, coalesce(programme_id, $programmes[1])) and status is distinct from 'planned'
),
own_pair as (
    select trial_id, person, base_date, mentor, mentee
    from participant join paired on person = mentor and side = 'mentor' and start_date between enrolled_on and time_zero
    union all
    select trial_id, person, base_date, mentor, mentee
    from participant join paired on person = mentee and side = 'mentee' and start_date between enrolled_on and time_zero
),
reports_to as (
    select as_of_date, person, manager from person_row
    where manager is not null and as_of_date in (select base_date from own_pair)
),
line as (
    select trial_id, person, base_date, mentee, mentor as member, 0 as step from own_pair
    union
    select trial_id, line.person, base_date, mentee, manager, step + 1
    from line join reports_to on reports_to.as_of_date = base_date and reports_to.person = member
    where step < 10 and member <> mentee
)
select judged.trial_id, judged.person
from judged
join (select distinct trial_id, manager from participant where manager is not null) using (trial_id, manager)
where not in_batch
union
select trial_id, person from line where member = mentee;
