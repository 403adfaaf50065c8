drop table base;

-- What happened to the people of each trial, each table of the grain one employee in one trial and only where it did.
-- A promotion dated between the base snapshot and time zero updates the level (R10).
create or replace temp table promotion_event as
select person, effective_date, to_level from event_row where event_type = 'promotion';

create or replace temp table updated as
select trial_id, judged.person, arg_max(promotion_event.to_level, effective_date)::level_word as new_level
from judged
join promotion_event on promotion_event.person = judged.person
    and effective_date > judged.base_date and effective_date <= judged.time_zero
where promotion_event.to_level is not null
group by all;

-- A rise counts where both snapshots that show it lie on or after time zero, and before any exit.
create or replace temp table promoted as
select trial_id, judged.person, min(rise.promoted_on) as promoted_on
from judged
join (
    select true as declared, person, effective_date as promoted_on, effective_date as known_from from promotion_event
    union all
    select false, person, seen_on, seen_before from level_rise
) as rise
    on rise.person = judged.person and rise.declared = judged.promotions_declared
    and rise.promoted_on > judged.time_zero and rise.known_from >= judged.time_zero
where judged.exit_date is null or rise.promoted_on < judged.exit_date
group by all;

create or replace temp table moved as
select trial_id, judged.person, min(move.moved_on) as moved_on
from judged
join (
    select true as declared, person, effective_date as moved_on, effective_date as known_from from event_row
    where event_type in ('lateral', 'transfer')
    union all
    select false, person, seen_on, seen_before from department_change
) as move
    on move.person = judged.person and move.declared = judged.moves_declared
    and move.moved_on > judged.time_zero and move.known_from >= judged.time_zero
where judged.exit_date is null or move.moved_on < judged.exit_date
group by all;

create or replace temp table undated as
select trial_id, judged.person
from judged
join level_rise on level_rise.person = judged.person
    and seen_before < judged.time_zero and seen_on > judged.time_zero
where not judged.promotions_declared
group by all;

create or replace temp table event_before as
select trial_id, judged.person
from judged
join promotion_event on promotion_event.person = judged.person
    and effective_date > judged.base_date - interval 12 month and effective_date <= judged.base_date
group by all;

-- Who rose in the year before the base snapshot, by a rise between two of its snapshots or by an event.
create or replace temp table rose_before as
select trial_id, judged.person
from judged
join trial using (trial_id)
join (
    select person, seen_on as promoted_on, seen_before as known_from from level_rise
    union all
    select person, effective_date, effective_date - 1 from promotion_event
) as rise
    on rise.person = judged.person and promoted_on > trial.year_before and promoted_on <= judged.base_date
    and known_from >= trial.year_before
group by all;
