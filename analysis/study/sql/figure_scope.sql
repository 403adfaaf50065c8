-- Grain: one trial of the figure and one level that is eligible in it.
-- Parameter: $eligible_levels (empty: those that hold a participant of the programme in the figure, rule R5).
create or replace temp table figure_scope as
with
joined_level as (
    select distinct programme_id, level from person_trial_row join figure_trial using (trial_id)
    where a = 1 and barred is null
)
select figure_trial.*, level
from figure_trial
cross join (select unnest(enum_range(null::level_word))::level_word as level)
where case
    when len($eligible_levels) > 0 then list_contains($eligible_levels, level::text)
    else (programme_id, level) in (select (programme_id, level) from joined_level)
end;
