-- Grain: one answer to one item of a construct, on one side's survey; reversed items turned round (left out where
-- their scale is not known). cohort: as the study names it, where it knows it.
-- later: how many of the cutoffs the answer came after; 0 as of the first. Of colleagues only those of the first.
-- side: the file's, or where it names none that of the respondent's enrolment, or each side that the survey is for:
-- those named in its other answers, else those whose people answered it.
-- arm: participant or comparator; whoever had joined the other side instead is in neither. A comparator had joined
-- neither by the day of the answer; an answer before (pre) belongs to that person's next answer after (post). Where no
-- enrolment on a side is held, the file's word on the side is all there is.
-- Parameter: $cutoffs, the first day first.
create or replace temp table survey_answer as
with
cohort_name as (select distinct side, cohort from enrolment),
answered as (
    select
        survey.*,
        coalesce(employee_id, survey_id || ' ' || response_id) as respondent,
        case when reversed = 'true' then scale_min + scale_max - score else score end as value,
        len(list_filter($cutoffs::date[], lambda cutoff: cutoff < submitted_at)) as later
    from survey
    where construct is not null and coalesce(submitted_at <= list_max($cutoffs::date[]), true)
),
named_side as (select distinct survey_id, side from answered where side is not null),
survey_side as (
    from named_side
    union
    select answered.survey_id, enrolment.side
    from answered
    join enrolment using (employee_id)
    where answered.survey_id not in (select survey_id from named_side)
),
enrolled as (select survey_id, employee_id, side, cohort, enrolled_on from survey_side join enrolment using (side)),
sided as (
    select answered.* exclude (side, cohort),
        coalesce(answered.side, own.side, survey_side.side) as side,
        coalesce(cohort_name.cohort, own.cohort, answered.cohort) as cohort,
        own.enrolled_on
    from answered
    left join enrolled as own on own.survey_id = answered.survey_id and own.employee_id = answered.employee_id
        and (answered.side is null or own.side = answered.side)
    left join survey_side on survey_side.survey_id = answered.survey_id
        and answered.employee_id is not null and answered.side is null and own.side is null
    left join cohort_name on cohort_name.side = answered.side and cohort_name.cohort = answered.cohort
    where answered.value is not null and coalesce(answered.side, own.side, survey_side.side) is not null
),
-- The day by which it is judged whether a person had joined: of an answer before, that of the next answer after.
answer_day as (select distinct employee_id, side, wave, submitted_at from sided where submitted_at is not null),
next_post as (
    select before_.employee_id, before_.side, before_.wave, before_.submitted_at, min(post.submitted_at) as judged_on
    from answer_day as before_
    join answer_day as post on post.employee_id = before_.employee_id and post.side = before_.side
        and post.wave = 'post' and post.submitted_at >= before_.submitted_at
    where before_.wave in ('pre', 'retro_pre')
    group by all
),
dated as (
    select sided.*, if(wave in ('pre', 'retro_pre'), next_post.judged_on, submitted_at) as judged_on
    from sided
    left join next_post using (employee_id, side, wave, submitted_at)
),
placed as (
    select dated.* exclude (enrolled_on, judged_on),
        case
            when dated.employee_id is null or dated.side not in (select side from enrolment) then 'participant'
            when dated.enrolled_on <= judged_on or (dated.enrolled_on is not null and judged_on is null)
                then 'participant'
            when other.enrolled_on <= coalesce(judged_on, submitted_at, $cutoffs[1]) then null
            else 'comparator'
        end as arm
    from dated
    left join enrolment as other on other.employee_id = dated.employee_id and other.side <> dated.side
)
select * from placed where arm = 'participant' or (arm = 'comparator' and later = 0);
