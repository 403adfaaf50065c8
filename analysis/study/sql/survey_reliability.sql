-- Grain: one construct on one side: how many items it had before (pre), and among the participants who answered all
-- of them each item's variance and that of their sum. Reads survey_answer and survey_score.
with
answer as (
    select side, construct, respondent, item, avg(value) as value
    from survey_answer
    join survey_score using (side, construct, respondent, wave, survey_id, response_id)
    where wave = 'pre'
    group by all
),
complete as (
    select *, count(*) over (partition by side, construct, respondent) as answered,
        (select count(distinct item) from answer as asked
            where asked.side = answer.side and asked.construct = answer.construct) as items
    from answer
    qualify answered = items
),
by_item as (
    select side, construct, item, items, count(*) as people, var_samp(value) as variance from complete group by all
),
by_person as (
    select side, construct, respondent, sum(value) as total from complete group by all
),
spread as (
    select side, construct, var_samp(total) as total_variance from by_person group by all
)
select side, construct, any_value(items) as items, any_value(people) as people,
    list(variance order by item) as variances, any_value(total_variance) as total_variance
from by_item join spread using (side, construct)
group by side, construct
order by side, construct;
