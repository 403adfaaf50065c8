-- Grain: one cohort and one outcome of the draw: people who applied to a batch that a lottery filled, drawn or not.
-- A person counts in the first batch of the cohort, whether they joined, then or later, or not; who has left by then
-- or is barred there counts in neither group. Levels are not asked: a draw is a draw.
-- Parameters: $side, $programmes as in enrolment, $leave_out_top. {outcomes}, {sums}: fixed by kind of figure.
with
first_batch as (
    select programme_id, cohort, arg_min(trial_id, (time_zero, trial_id)) as trial_id
    from (select figure_trial.programme_id, figure_trial.cohort, trial.trial_id, trial.time_zero
        from figure_trial join trial using (programme_id, cohort) where trial.side = $side)
    group by all
),
applied as (
    select
        person, coalesce(programme_id, $programmes[1]) as programme_id, cohort,
        response in ('accepted', 'declined', 'no_answer') as drawn
    from invitations join person using (employee_id)
    where side = $side
        and (
            response in ('not_drawn', 'waitlisted')
            or (method = 'lottery' and response in ('accepted', 'declined', 'no_answer'))
        )
),
drawn as (
    select trial_id, person, bool_or(drawn) as drawn
    from applied
    join first_batch on first_batch.programme_id = applied.programme_id
        and first_batch.cohort in (applied.cohort, applied.programme_id || ': ' || applied.cohort)
    group by all
),
followed as (
    select figure_trial.cohort, drawn, {outcomes}
    from drawn
    join figure_trial using (trial_id)
    join person_trial_row using (trial_id, person)
    where barred is null and not ($leave_out_top and at_top)
)
select cohort, drawn::int as drawn, count(*) as people, {sums}
from followed
group by cohort, drawn
order by cohort, drawn;
