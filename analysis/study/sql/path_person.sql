-- Grain: one day (as_of), one person and one cohort that they could have joined by it, with how far they came (0 or 1 each).
-- Where a cohort has several batches, the one they joined counts, else the last in which they were eligible.
-- held: invitations to this cohort were loaded. invited: invited, or applied; accepted: took the place up; whoever joined
-- counts as both, with or without an invitation on record. paired: accepted and joined. followed, stayed: of those who
-- joined, a year has passed, and they were still here after it. could_rise, promoted: of those who joined, they stood
-- below the top of the ladder and promotions are known for a year; one came in it. vanished: followed, and nobody knows
-- whether they left. unrecorded: joined a cohort whose invitations are held without one of their own.
-- Reads figure_part and figure_trial as made with horizon 0 as of the last of the days. Parameters: $side, $programmes as
-- in enrolment, $days. {in_scope}, {among}: fixed conditions on the levels that were eligible then, and on people.
create or replace temp table path_person as
with
day as (select unnest($days::date[]) as as_of),
trial_then as (
    select as_of, trial_id, programme_id, cohort, time_zero
    from figure_trial join day on time_zero <= as_of
),
joined_level as (
    select distinct as_of, programme_id, level from person_trial_row join trial_then using (trial_id)
    where a = 1 and barred is null
),
cohort_of as (select distinct programme_id, cohort from figure_trial),
invitation as (
    select
        row_number() over () as number, person, coalesce(programme_id, $programmes[1]) as programme_id, cohort,
        coalesce(responded_on, invited_on, applied_on) as dated,
        coalesce(response = 'accepted', method = 'volunteer', false) as accepted
    from invitations join person using (employee_id)
    where side = $side
),
meant as (
    select person, cohort_of.cohort, accepted
    from invitation
    join cohort_of on cohort_of.programme_id = invitation.programme_id
        and cohort_of.cohort in (invitation.cohort, invitation.programme_id || ': ' || invitation.cohort)
    union all
    -- An invitation that names no cohort is for whatever starts next.
    select person, arg_min(figure_trial.cohort, (time_zero, trial_id)), any_value(accepted)
    from invitation join figure_trial using (programme_id)
    where invitation.cohort is null and time_zero >= dated
    group by number, person
),
invited as (select person, cohort, bool_or(accepted) as accepted from meant group by all),
held as (select distinct cohort from invited),
candidate as (
    select
        as_of, figure_part.person, cohort, programme_id, max(figure_part.a) as joined,
        arg_max(trial_id, (figure_part.a, time_zero, trial_id)) as trial_id
    from figure_part join trial_then using (trial_id) join pattern using (pattern_id)
    where {in_scope} and {among}
    group by all
),
told as (
    select
        candidate.*, row_.pattern_id, trial.time_zero,
        held.cohort is not null as held,
        invited.person is not null as on_record,
        coalesce(invited.accepted, false) as said_yes,
        joined = 1 and trial.time_zero + interval 12 month <= as_of as followed,
        row_.exit_month is null or row_.exit_month > 12 as here_after,
        row_.vanished,
        joined = 1 and not row_.at_top and coalesce(
            trial.time_zero + interval 12 month <= least(as_of, promotions_known_to)
            and promotions_known_from <= trial.time_zero + interval 12 month, false
        ) as could_rise,
        coalesce(row_.promotion_month <= 12, false) as rose
    from candidate
    join trial using (trial_id)
    join person_trial_row as row_ using (trial_id, person)
    left join held on held.cohort = candidate.cohort
    left join invited on invited.person = candidate.person and invited.cohort = candidate.cohort
)
select
    as_of, person, cohort, programme_id, pattern_id, time_zero,
    joined::tinyint as joined,
    held::tinyint as held,
    (held and (on_record or joined = 1))::tinyint as invited,
    (held and (said_yes or joined = 1))::tinyint as accepted,
    (held and joined = 1)::tinyint as paired,
    followed::tinyint as followed,
    (followed and here_after)::tinyint as stayed,
    could_rise::tinyint as could_rise,
    (could_rise and rose)::tinyint as promoted,
    (followed and not here_after and vanished)::tinyint as vanished,
    (held and joined = 1 and not on_record)::tinyint as unrecorded
from told;
