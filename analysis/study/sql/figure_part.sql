-- Grain: one person-trial of the figure, in numbers. A view: whoever needs it counts or keeps what they need of it.
-- {outcomes}, {flags}, {arm} and {source} are fixed texts by kind of figure; {chosen}: a pattern that the view is
-- narrowed to; {horizon} months; {leave_out_top}: whoever
-- can't be promoted is left out. vanished: nobody knows whether they left by then. exit_seen: they left within a year,
-- or within the horizon where that is longer.
create or replace temp view figure_part as
with
row_ as (
    select *, coalesce(exit_month <= if({horizon} > 0, {horizon}, months_seen) and vanished, false) as vanished_by_then
    from {source}
    join figure_scope using (trial_id, level)
    where barred is null
)
select
    trial_id, person, cohort_no, pattern_id, {arm} as a, {outcomes}{flags},
    joined_later, undated_rise, vanished_by_then as vanished,
    coalesce(exit_month <= greatest({horizon}, 12), false) as exit_seen
from row_
where not ({leave_out_top} and at_top) and {chosen};
