-- Promotions of one load after which the level is not higher on the ladder. Where the event names no levels, by the
-- last snapshot before and the first one after its day.
-- One row: found, first_line (null where there is none).
with
promotion as (
    select line, employee_id, effective_date, from_level, to_level
    from job_events_row where load_id = $load_id and event_type = 'promotion'
),
seen as (
    select promotion.line,
        arg_max(rank, as_of_date) filter (as_of_date < effective_date) as rank_before,
        arg_min(rank, as_of_date) filter (as_of_date > effective_date) as rank_after
    from promotion
    join held_person using (employee_id)
    join held_row using (person)
    where rank is not null and as_of_date is not null
    group by promotion.line
),
known as (
    select promotion.line,
        case when from_level is null then rank_before else lower_one.rank end as rank_before,
        case when to_level is null then rank_after else higher_one.rank end as rank_after
    from promotion
    left join seen using (line)
    left join ladder as lower_one on lower_one.level = from_level
    left join ladder as higher_one on higher_one.level = to_level
)
select count(*) as found, min(line) as first_line from known where rank_after <= rank_before;
