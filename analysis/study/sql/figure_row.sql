-- Grain: one person-trial of the figure: the mature cohorts of one side, eligible levels, rare places lumped.
-- Parameters: $side, $cutoff, $horizon months, $promotion (the promotion figure leaves out the top level and
-- needs promotions known for four quarters), $eligible_levels (empty: those that hold a participant of the programme,
-- rule R5), $largest_departments, $largest_locations. With $horizon 0 every cohort is in it, mature or not.
-- months, status: whole months followed up to $cutoff, and how that ended (1 voluntary exit, 2 other exit, 0 not yet).
create or replace temp table figure_row as
with
mature as (
    select
        trial_id, programme_id,
        date_diff('month', time_zero, $cutoff)
        - (time_zero + to_months(date_diff('month', time_zero, $cutoff)::int) > $cutoff)::int as months_seen
    from trial
    where side = $side and has_base
        and time_zero + to_months($horizon) <= $cutoff
        and (not $promotion or promotions_known_to >= time_zero + interval 12 month)
),
pooled as (
    select person_trial.*, programme_id, months_seen from person_trial join mature using (trial_id) where barred is null
),
eligible as (
    select * from pooled
    where not ($promotion and at_top)
        and case
            when len($eligible_levels) > 0 then list_contains($eligible_levels, level)
            else (programme_id, level) in (select (programme_id, level) from pooled where a = 1)
        end
),
large_department as (
    select department from eligible where a = 1 group by department
    order by count(*) desc, department limit $largest_departments
),
large_location as (
    select location from eligible where a = 1 group by location
    order by count(*) desc, location limit $largest_locations
)
select
    trial_id, person, cohort, level,
    case when department in (from large_department) then department else 'other' end as department,
    case when location in (from large_location) then location else 'other' end as location,
    tenure_band, performance_rating, promoted_last_year, part_time, gender, ethnicity, age_band,
    disability, lgbtq, generation,
    a,
    (exit_month is null or exit_month > $horizon)::int as retention,
    coalesce(exit_month <= $horizon and exit_type = 'voluntary', false)::int as voluntary_exit,
    coalesce(promotion_month <= 12, false)::int as promotion,
    coalesce(exit_month <= if($horizon > 0, $horizon, months_seen) and vanished, false) as vanished,
    exit_month <= greatest($horizon, 12) as exit_seen,
    undated_rise,
    joined_later,
    least(coalesce(exit_month, months_seen), months_seen)::int as months,
    case when exit_month <= months_seen then if(exit_type = 'voluntary', 1, 2) else 0 end as status
from eligible;
