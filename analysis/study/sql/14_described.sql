-- The first m with day <= start + m months, by the calendar: month ends are clipped (R8).
create or replace temp macro months_until(start, day) as
    date_diff('month', start, day) + (day > start + to_months(date_diff('month', start, day)::int))::int;

-- Grain of described: one employee in one trial (a person-trial), participant (a = 1) or comparator (a = 0).
-- exit_month, promotion_month, move_month: the first m with date <= time_zero + m months, null where it did not
-- happen (R11). accepted: they accepted an invitation for this batch; accepted_before: for one of an earlier batch.
create or replace temp table described as
select
    trial_id,
    judged.person,
    in_batch::tinyint as a,
    barred,
    coalesce(new_level, judged.level, 'unknown'::level_word) as level,
    coalesce(ladder.rank = (select max(rank) from ladder), false) as at_top,
    coalesce(department, 'unknown'::department_word) as department,
    coalesce(location, 'unknown'::location_word) as location,
    case
        when hire_date > judged.time_zero - interval 24 month then '0-2 years'
        when hire_date > judged.time_zero - interval 60 month then '2-5 years'
        else '5 years and more'
    end::tenure_word as tenure_band,
    performance_rating,
    case
        when base_rank > lowest_rank_before or event_before.person is not null then 'yes'
        when base_rank <= lowest_rank_before then 'no'
        when promotions_from <= judged.base_date - interval 12 month and promotions_to >= judged.base_date then 'no'
        else 'unknown'
    end::answer_word as promoted_last_year,
    part_time,
    coalesce(gender, 'unknown'::gender_word) as gender,
    coalesce(ethnicity, 'unknown'::ethnicity_word) as ethnicity,
    coalesce(age_band, 'unknown'::age_word) as age_band,
    coalesce(disability, 'unknown'::answer_word) as disability,
    coalesce(lgbtq, 'unknown'::answer_word) as lgbtq,
    coalesce(generation, 'unknown'::generation_word) as generation,
    exit_type,
    vanished,
    undated.person is not null and new_level is null as undated_rise,
    months_until(judged.time_zero, exit_date)::smallint as exit_month,
    months_until(judged.time_zero, promoted_on)::smallint as promotion_month,
    months_until(judged.time_zero, moved_on)::smallint as move_month,
    coalesce(greatest(judged.time_zero, enrolled_on) > judged.time_zero and not in_batch
        and enrolled_on <= judged.time_zero + interval 12 month, false) as joined_later,
    near.person is not null as near,
    coalesce(acceptance.trial_id = judged.trial_id, false) as accepted,
    coalesce(acceptance.trial_id <> judged.trial_id and acceptance.time_zero <= judged.time_zero, false)
        as accepted_before
from judged
cross join calendar
left join updated using (trial_id, person)
left join promoted using (trial_id, person)
left join moved using (trial_id, person)
left join undated using (trial_id, person)
left join event_before using (trial_id, person)
left join near using (trial_id, person)
left join acceptance on acceptance.person = judged.person and acceptance.side = judged.side
left join ladder on ladder.level = coalesce(new_level, judged.level)::text;

-- Grain: one of these people in the last snapshot a year or more before the base snapshot, for the promotions that the
-- programme can't have caused: what they were then, and whether they rose, or an event says so, by the base snapshot.
create or replace temp table described_before as
select
    trial_id,
    judged.person,
    coalesce(earlier.level, 'unknown'::level_word) as level,
    coalesce(earlier.rank = (select max(rank) from ladder), false) as at_top,
    coalesce(earlier.department, 'unknown'::department_word) as department,
    coalesce(earlier.location, 'unknown'::location_word) as location,
    case
        when earlier.hire_date > earlier.as_of_date - interval 24 month then '0-2 years'
        when earlier.hire_date > earlier.as_of_date - interval 60 month then '2-5 years'
        else '5 years and more'
    end::tenure_word as tenure_band,
    earlier.performance_rating,
    case
        when earlier.rank > earlier.lowest_rank_before then 'yes'
        when earlier.rank <= earlier.lowest_rank_before then 'no'
        else 'unknown'
    end::answer_word as promoted_last_year,
    earlier.part_time,
    coalesce(judged.gender, 'unknown'::gender_word) as gender,
    coalesce(judged.ethnicity, 'unknown'::ethnicity_word) as ethnicity,
    coalesce(judged.age_band, 'unknown'::age_word) as age_band,
    coalesce(judged.disability, 'unknown'::answer_word) as disability,
    coalesce(judged.lgbtq, 'unknown'::answer_word) as lgbtq,
    coalesce(judged.generation, 'unknown'::generation_word) as generation,
    rose_before.person is not null as promoted_before
from judged
join trial using (trial_id)
left join rose_before using (trial_id, person)
join person_row as earlier on earlier.person = judged.person and earlier.as_of_date = trial.year_before
where judged.barred is null and (select has_ladder from calendar);
