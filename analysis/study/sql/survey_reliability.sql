-- Grain: one construct on one side in one wave: how many items it had, and among the participants who answered all of
-- them each item's variance and that of their sum. Reads survey_item.
with
chosen as (select * from survey_item where missed = 0),
asked as (select side, construct, wave, count(distinct item) as items from chosen group by all),
complete as (
    select chosen.*, items, count(*) over (partition by side, construct, wave, respondent) as answered
    from chosen
    join asked using (side, construct, wave)
    qualify answered = items
),
by_item as (
    select side, construct, wave, item, items, count(*) as people, var_samp(value) as variance
    from complete
    group by all
),
by_person as (
    select side, construct, wave, respondent, sum(value) as total from complete group by all
),
spread as (
    select side, construct, wave, var_samp(total) as total_variance from by_person group by all
)
select side, construct, wave, any_value(items) as items, any_value(people) as people,
    list(variance order by item) as variances, any_value(total_variance) as total_variance
from by_item
join spread using (side, construct, wave)
group by side, construct, wave
order by side, construct, wave;
