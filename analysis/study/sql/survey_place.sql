-- Grain: one participant on one side, as of the cutoff: what was true of them on the day they joined ("unknown" where
-- no list of people held it), and missed: which of the chosen things they are not, one bit each (1 cohort,
-- 2 programme, 4 department, 8 level, 16 location); 0 is whoever the view is narrowed to, everybody without a choice.
-- Parameters: $cutoff, and $cohort, $programme, $department, $level, $location (null: not narrowed by it).
create or replace temp table survey_place as
with
described as (
    select trial.side, person.employee_id, {words}
    from person_trial
    join person using (person)
    join trial using (trial_id)
    where person_trial.a = 1
    qualify row_number() over (partition by trial.side, person.employee_id order by trial.time_zero) = 1
),
joined as (
    select enrolment.side, enrolment.employee_id, enrolment.cohort, enrolment.programme_id, enrolment.enrolled_on,
        described.* exclude (side, employee_id)
    from enrolment
    left join described using (side, employee_id)
    where enrolment.enrolled_on <= $cutoff
)
select *,
    ($cohort::text is not null and cohort is distinct from $cohort)::int
    + 2 * ($programme::text is not null and programme_id is distinct from $programme)::int
    + 4 * ($department::text is not null and department is distinct from $department)::int
    + 8 * ($level::text is not null and level is distinct from $level)::int
    + 16 * ($location::text is not null and location is distinct from $location)::int
    as missed
from joined;
