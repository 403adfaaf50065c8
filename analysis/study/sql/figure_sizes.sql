-- One row: what the figure holds and who it leaves out, up to its last batch. {chosen} as in figure_part.sql; of a
-- narrowed figure only who can be placed is counted. Parameters: $side, $narrowed, $leave_out_top,
-- $eligible_levels as in figure_scope.sql, $before (the figure of the year before time zero).
with
joined as (
    select person_trial_row.*, year_before from person_trial_row join figure_trial using (trial_id)
    where a = 1 and {chosen}
),
reason as (
    select barred::text as reason, count(*) as people from joined where barred is not null group by barred
    union all
    select 'not in the base snapshot', (select sum(enrolled) from figure_trial) - (select count(*) from joined)
    where not $narrowed
    union all
    select 'at the top of the ladder, cannot be promoted', count(*) from joined
    where $leave_out_top and not $before and barred is null and at_top
    union all
    select 'level not eligible', count(*) from joined
    where barred is null and not ($leave_out_top and not $before and at_top) and len($eligible_levels) > 0
        and not list_contains($eligible_levels, level::text)
    union all
    select 'joined again, counted the first time only', count(*)
    from (select unnest(joined_again) as again_on from enrolment where side = $side)
    where again_on <= (select max(time_zero) from figure_trial) and not $narrowed
    union all
    select if(before_.person is null, 'not in the snapshot of a year before', 'at the top of the ladder a year before'),
        count(*)
    from joined left join person_trial_before as before_ using (trial_id, person)
    where $before and barred is null and (before_.person is null or before_.at_top)
    group by all
)
select
    (select coalesce(list({'reason': reason, 'people': people::int} order by reason), [])
        from reason where people > 0) as excluded,
    (
        select coalesce(list(cohort order by first_day, cohort), [])
        from (
            select cohort, min(time_zero) as first_day from figure_trial
            where trial_id in (select trial_id from figure_part where a = 1) group by cohort
        )
    ) as cohorts,
    (select count(*) from trial where side = $side and not has_base) as batches_without_snapshot,
    (select count(*) from trial where side = $side) as batches;
