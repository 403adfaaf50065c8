-- Grain: one generation band (younger: born from 1981 on; older) of participants who answered a construct before and
-- after, both sides: people, and sums of the answers before and of their changes. Reads survey_score.
-- Parameter: $construct.
with
born as (
    select employee_id, max(birth_year) as birth_year from people_row join active_load using (load_id)
    group by employee_id
),
changed as (
    select employee_id, pre.score as pre, post.score - pre.score as change
    from survey_score as pre
    join survey_score as post using (side, construct, employee_id)
    where pre.wave = 'pre' and post.wave = 'post' and construct = $construct
        and pre.scale_max is not distinct from post.scale_max
)
select
    if(birth_year >= 1981, 'younger', 'older') as band, count(*) as people,
    sum(pre) as pre_total, sum(change) as total, sum(change * change) as squares
from changed join born using (employee_id)
where birth_year is not null
group by band
order by band
