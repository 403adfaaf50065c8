-- One row: what the figure holds and who it leaves out, up to its last batch. Parameters as in figure_row.sql.
with
mature as (
    select trial_id, enrolled, time_zero from trial
    where side = $side and has_base
        and time_zero + to_months($horizon) <= $cutoff
        and (not $promotion or promotions_known_to >= time_zero + interval 12 month)
),
joined as (select person_trial.* from person_trial join mature using (trial_id) where a = 1),
reason as (
    select barred as reason, count(*) as people from joined where barred is not null group by barred
    union all
    select 'not in the base snapshot', (select sum(enrolled) from mature) - (select count(*) from joined)
    union all
    select 'at the top of the ladder, cannot be promoted', count(*) from joined
    where $promotion and barred is null and at_top
    union all
    select 'level not eligible', count(*) from joined
    where barred is null and not ($promotion and at_top) and len($eligible_levels) > 0
        and not list_contains($eligible_levels, level)
    union all
    select 'joined again, counted the first time only', count(*)
    from (select unnest(joined_again) as again_on from enrolment where side = $side)
    where again_on <= (select max(time_zero) from mature)
)
select
    (select coalesce(list({'reason': reason, 'people': people::int} order by reason), [])
        from reason where people > 0) as excluded,
    (select count(*) from figure_row where vanished) as vanished,
    (select count(*) from figure_row where undated_rise) as undated_rises,
    (
        select coalesce(list(cohort order by first_day, cohort), [])
        from (
            select figure_row.cohort, min(time_zero) as first_day
            from figure_row join trial using (trial_id) where a = 1 group by figure_row.cohort
        )
    ) as cohorts,
    (select count(*) from trial where side = $side and not has_base) as batches_without_snapshot,
    (select count(*) from trial where side = $side) as batches,
    (select count(*) from figure_row where exit_seen) as exits;
