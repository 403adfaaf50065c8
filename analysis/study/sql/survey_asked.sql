-- Grain: one participant who was asked in one wave on one side: of the cohorts from which at least one answer to the
-- wave is held. answered: whether they did. gone: whether they had left before the first of their cohort answered, so
-- that they could not; left_since: whether they had left by the cutoff. missed: as in survey_place.
-- An answer that names nobody is nobody's here. Reads survey_score and survey_place. Parameter: $cutoff.
create or replace temp table survey_asked as
with
answered as (
    select side, wave, cohort, employee_id, min(submitted_at) as submitted_at
    from survey_score
    where employee_id is not null and later = 0
    group by all
),
covered as (select side, wave, cohort, min(submitted_at) as opened from answered group by all),
answerer as (select distinct side, wave, employee_id from answered)
select
    covered.side, covered.wave, place.employee_id, place.missed, 0 as later,
    answerer.employee_id is not null as answered,
    answerer.employee_id is null and coalesce(exit_date.exit_date < coalesce(covered.opened, $cutoff), false) as gone,
    coalesce(exit_date.exit_date <= $cutoff, false) as left_since
from covered
join survey_place as place on place.side = covered.side and place.cohort = covered.cohort
    and place.enrolled_on <= $cutoff
left join answerer on answerer.side = covered.side and answerer.wave = covered.wave
    and answerer.employee_id = place.employee_id
left join exit_date on exit_date.employee_id = place.employee_id;
