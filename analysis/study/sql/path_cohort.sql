-- Grain: one cohort of the side that started by the cutoff, in the order of their first days: what is known of it.
-- followed: a year has passed since all its batches. vanished, unrecorded as in path_person, over the whole cohort.
-- Reads path_person and figure_trial.
with
mature as (select cohort, min(time_zero) as started, min(months_seen) >= 12 as followed from figure_trial group by cohort)
select
    cohort, mature.followed, coalesce(max(held), 0)::int as held, coalesce(sum(joined), 0)::int as joined,
    coalesce(sum(vanished), 0)::int as vanished, coalesce(sum(unrecorded), 0)::int as unrecorded
from mature left join path_person using (cohort)
group by cohort, mature.followed, started
order by started, cohort;
