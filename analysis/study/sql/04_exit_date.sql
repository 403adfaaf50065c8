-- Grain: one exit of one person. An exit stands on whichever row of the person carries it (rule R2).
-- exit_type: voluntary, involuntary or other. vanished: nobody knows when or whether they left (rule R8).
-- Parameter: $absent_without_exit, "left" or "unknown".
create or replace table exit_date as
with
snapshot_date as (select distinct as_of_date from held_row where as_of_date is not null),
spell as (
    select person, hire_date,
        max(as_of_date) filter (not terminated) as last_seen
    from held_row
    group by all
),
-- Where rows differ on the type, the last one to name it is right; a leaving event may name it where none does.
told as (
    select person, termination_date as exit_date,
        arg_max(termination_type, coalesce(as_of_date, data_as_of)) as termination_type,
        max(as_of_date) as last_told
    from people join person using (employee_id), calendar
    where termination_date <= data_as_of
    group by all
),
-- A planned exit that never came true: the first snapshot after that day shows the same spell without an exit, or
-- with a later one, and no row from that day on repeats the exit. Somebody seen again only later was rehired (R12).
next_snapshot as (
    select exit_date, min(as_of_date) as seen_on
    from (select distinct exit_date from told) join snapshot_date on as_of_date > exit_date
    group by all
),
withdrawn as (
    select distinct told.person, told.exit_date
    from told
    join next_snapshot using (exit_date)
    join held_row as later on later.person = told.person and later.as_of_date = seen_on
    where later.hire_date <= told.exit_date
        and (later.termination_date is null or later.termination_date > told.exit_date)
        and not later.terminated
        and (told.last_told is null or told.last_told < told.exit_date)
),
from_people as (
    select told.person, told.exit_date, any_value(coalesce(told.termination_type, event_row.termination_type))
            as termination_type, max(spell.hire_date) as hired
    from told
    anti join withdrawn using (person, exit_date)
    left join event_row on event_row.person = told.person and event_type = 'termination'
        and effective_date = told.exit_date
    join spell on spell.person = told.person and spell.hire_date <= told.exit_date
    group by all
),
-- An event adds an exit only to a spell of which the people files tell none.
termination_event as (
    select event_row.person, effective_date as exit_date, any_value(termination_type) as termination_type,
        max(spell.hire_date) as hired
    from event_row
    join spell on spell.person = event_row.person and spell.hire_date <= effective_date
    cross join calendar
    where event_type = 'termination' and effective_date <= data_as_of
    group by all
),
from_events as (
    select person, exit_date, termination_type, hired
    from termination_event
    anti join from_people using (person, hired)
    anti join withdrawn using (person, exit_date)
),
known as (select * from from_people union all select * from from_events),
-- Last seen before a later snapshot without them, or before a row that hires them anew; no exit between.
followed as (
    select *, lead(hire_date) over (partition by person order by last_seen) as hired_next
    from spell
    where last_seen is not null
),
vanished as (
    select followed.person, last_seen + 1 as exit_date, 'unknown' as termination_type
    from followed
    cross join calendar
    where last_seen < last_snapshot
        and (hired_next is null or hired_next > last_seen)
        and not exists (
            select 1 from known
            where known.person = followed.person and known.exit_date >= followed.hire_date
                and (hired_next is null or known.exit_date <= hired_next)
        )
),
-- A master list that says "terminated" without a date: it can have been any day from the hire on.
undated as (
    select held_row.person, held_row.hire_date as exit_date, 'unknown' as termination_type
    from held_row
    cross join calendar
    anti join known on known.person = held_row.person and known.hired = held_row.hire_date
    where not has_snapshots and terminated and termination_date is null
),
every_exit as (
    select person, exit_date, termination_type, false as vanished from known
    union all
    select *, $absent_without_exit <> 'left' from vanished
    union all
    select *, true from undated
)
select
    employee_id,
    person,
    exit_date,
    case
        when termination_type in ('voluntary', 'involuntary') then termination_type
        else 'other'
    end::exit_word as exit_type,
    vanished
from every_exit join person using (person);
