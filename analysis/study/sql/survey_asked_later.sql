-- Grain: one cohort in one wave of one side at one of the cutoffs (later: how many lie before it): asked, and answered
-- of them, as survey_asked counts them. Reads survey_score and survey_place. Parameter: $cutoffs, the first day first.
with
cutoff as (select unnest($cutoffs::date[]) as day, unnest(range(len($cutoffs))) as later),
answered as (
    select side, wave, cohort, employee_id, min(later) as later
    from survey_score
    where employee_id is not null
    group by all
),
covered as (select side, wave, cohort, min(later) as later from answered group by all),
answerer as (select side, wave, employee_id, min(later) as later from answered group by all)
select covered.side, covered.wave, covered.cohort, cutoff.later, count(*) as asked,
    count(*) filter (answerer.later <= cutoff.later) as answered
from cutoff
join covered on covered.later <= cutoff.later
join survey_place as place on place.side = covered.side and place.cohort = covered.cohort
    and place.enrolled_on <= cutoff.day
left join answerer on answerer.side = covered.side and answerer.wave = covered.wave
    and answerer.employee_id = place.employee_id
group by all
order by all;
