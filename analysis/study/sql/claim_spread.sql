-- Grain: one generation of participants who answered a construct before joining: people and sums of their scores.
-- Reads survey_score. Parameters: $construct, $side.
with
born as (
    select employee_id, max(birth_year) as birth_year from people_row join active_load using (load_id)
    group by employee_id
)
select
    case when birth_year <= 1964 then 'boomer' when birth_year <= 1980 then 'x'
        when birth_year <= 1996 then 'millennial' else 'z' end as generation,
    count(*) as people, sum(score) as total, sum(score * score) as squares
from survey_score join born using (employee_id)
where construct = $construct and side = $side and wave = 'pre' and birth_year is not null
group by generation
order by generation
