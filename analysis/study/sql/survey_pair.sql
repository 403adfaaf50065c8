-- Grain: one person who answered before and after on one scale, on one side and construct, participant or comparator;
-- of a participant one pair as of the first cutoff and the first of the later ones, as in survey_score.
-- before: the wave before, asked before joining (pre) or recalled afterwards (retro_pre, participants only): two
-- different questions that are never mixed.
-- A participant's answers are their scores; a comparator's the last answer after and the last one before it.
-- Covariates as of the last snapshot by the answer before ("unknown" without one), never later. Whoever was a
-- comparator first and a participant later is in both. missed: as in survey_score; comparators joined no programme and
-- no cohort, and are narrowed by department, level and location as they were before.
-- Reads survey_answer and survey_score. Parameters: $department, $level, $location (null: not narrowed by it).
-- {any_pair}: whether anybody answered before and after; where not, the people files are not even read.
create or replace temp table survey_pair as
with
comparator_response as (
    select
        side, wave, construct, employee_id, survey_id, response_id, max(submitted_at) as submitted_at,
        avg(value) as score, min(scale_min) as scale_min, max(scale_max) as scale_max
    from survey_answer
    where arm = 'comparator' and wave in ('pre', 'post')
    group by all
),
comparator_post as (
    select * from comparator_response where wave = 'post'
    qualify row_number() over (
        partition by side, construct, employee_id order by submitted_at desc nulls last, survey_id, response_id
    ) = 1
),
comparator as (
    select 'pre' as before, pre.side, pre.construct, pre.employee_id, pre.submitted_at, pre.score as pre,
        post.score as post, pre.scale_min, pre.scale_max, post.scale_min as post_min, post.scale_max as post_max
    from comparator_response as pre
    join comparator_post as post using (side, construct, employee_id)
    where pre.wave = 'pre' and coalesce(pre.submitted_at <= post.submitted_at, true)
    qualify row_number() over (
        partition by side, construct, employee_id
        order by pre.submitted_at desc nulls last, pre.survey_id, pre.response_id
    ) = 1
),
participant as (
    select pre.wave as before, pre.side, pre.construct, employee_id, pre.submitted_at, pre.score as pre,
        post.score as post, pre.scale_min, pre.scale_max, post.scale_min as post_min, post.scale_max as post_max,
        greatest(pre.later, post.later) as later,
        if(pre.missed < 0, -1, (pre.missed & 31) + 32 * (greatest(pre.later, post.later) > 0)::int) as joined_missed
    from survey_score as pre
    join survey_score as post using (side, construct, employee_id)
    where pre.wave in ('pre', 'retro_pre') and post.wave = 'post' and employee_id is not null
    qualify row_number() over (
        partition by pre.wave, side, construct, employee_id, greatest(pre.later, post.later) > 0
        order by greatest(pre.later, post.later), pre.later, post.later
    ) = 1
),
pair as (
    select *, 1 as a from participant
    union all by name
    select *, 0 as later, null as joined_missed, 0 as a from comparator
),
snapshot as (
    select employee_id, as_of_date, hire_date, level, department, location, performance_rating, gender, ethnicity
    from people
    where as_of_date is not null and employee_id in (select employee_id from pair) and {any_pair}
),
base as (
    select pair.*, snapshot.level, snapshot.department, snapshot.location, snapshot.performance_rating,
        snapshot.gender, snapshot.ethnicity,
        datesub('year', snapshot.hire_date, pair.submitted_at) as years
    from pair
    asof left join snapshot
        on snapshot.employee_id = pair.employee_id and snapshot.as_of_date <= pair.submitted_at
)
select
    before, side, construct, a, pre, post, round(post - pre, 9) as change, scale_min, scale_max,
    coalesce(level, 'unknown') as level,
    case when years < 2 then '0-2y' when years < 5 then '2-5y' when years >= 5 then '5y+' else 'unknown' end
        as tenure_band,
    coalesce(performance_rating, 'unknown') as performance_rating,
    coalesce(department, 'unknown') as department,
    coalesce(gender, 'unknown') as gender,
    coalesce(ethnicity, 'unknown') as ethnicity,
    coalesce(location, 'unknown') as location, employee_id, later,
    coalesce(
        joined_missed,
        4 * ($department::text is not null and department is distinct from $department)::int
        + 8 * ($level::text is not null and level is distinct from $level)::int
        + 16 * ($location::text is not null and location is distinct from $location)::int
    ) as missed
from base
-- A change between two different scales is no change: such pairs are left out.
where coalesce(scale_min = post_min and scale_max = post_max, true);
