-- Grain: one combination of covariates that somebody has in some trial, so that a figure groups numbers, not words.
-- {covariates}: the fixed list of covariates and of the headers that divide a figure.
create or replace table pattern as
with
found as (
    select distinct {covariates} from (
        select {covariates} from described union all select {covariates} from described_before
    )
)
select row_number() over (order by {covariates})::integer as pattern_id, {covariates} from found;

-- Grain: one employee in one trial, coded: see described for its columns, and pattern for the covariates. The level
-- stands here too, because the level rule (R5) is the first thing that a figure asks.
create or replace table person_trial_row as
select
    trial_id, person, a, pattern_id, level, barred, at_top, exit_type, vanished, undated_rise, exit_month,
    promotion_month, move_month, joined_later, near, accepted, accepted_before
from described
join pattern using ({covariates})
order by trial_id, person;

-- Grain: one person-trial as its person was a year before: for the promotions that came before (PROTOCOL.md 1.9).
create or replace table person_trial_before as
select trial_id, person, pattern_id, at_top, promoted_before
from described_before
join pattern using ({covariates})
order by trial_id, person;

-- The same in words, one row a person-trial: covariates are text and never null.
create or replace view person_trial as
select
    trial_id, person, trial.side, trial.cohort, trial.time_zero, a::integer as a, barred::text as barred,
    pattern.level::text as level, at_top, department::text as department, location::text as location,
    tenure_band::text as tenure_band, performance_rating::text as performance_rating,
    promoted_last_year::text as promoted_last_year, part_time::text as part_time, gender::text as gender,
    ethnicity::text as ethnicity, age_band::text as age_band, disability::text as disability, lgbtq::text as lgbtq,
    generation::text as generation, exit_type::text as exit_type, vanished, undated_rise,
    exit_month::integer as exit_month, promotion_month::integer as promotion_month, joined_later
from person_trial_row
join trial using (trial_id)
join pattern using (pattern_id);
