-- Grain: one pattern of covariates: the participants of the figure who have it.
create or replace temp table figure_participant as
select pattern_id, count(*) as people from figure_part where a = 1 group by pattern_id;

-- Grain: one department of the figure, the largest among its participants and "other" for the rest; the same of
-- locations. Numbered in alphabetical order. {departments}, {locations}: how many stand by themselves.
create or replace temp table figure_department as
with
joined as (select department, sum(people) as people from figure_participant join pattern using (pattern_id) group by all),
large as (select department from joined order by people desc, department limit {departments})
select department, (row_number() over (order by department) - 1)::integer as department_no
from (select department from large union select 'other');

create or replace temp table figure_location as
with
joined as (select location, sum(people) as people from figure_participant join pattern using (pattern_id) group by all),
large as (select location from joined order by people desc, location limit {locations})
select location, (row_number() over (order by location) - 1)::integer as location_no
from (select location from large union select 'other');

-- Grain: one pattern of covariates with rare places lumped.
create or replace temp view figure_pattern as
select pattern.* exclude (department, location),
    coalesce(figure_department.department, 'other') as department, coalesce(figure_location.location, 'other') as location,
    coalesce(department_no, (select department_no from figure_department where department = 'other')) as department_no,
    coalesce(location_no, (select location_no from figure_location where location = 'other')) as location_no
from pattern
left join figure_department on figure_department.department = pattern.department
left join figure_location on figure_location.location = pattern.location;

-- Grain: one person-trial of the figure in words, for whoever counts people and not cells.
create or replace temp view figure_row as
select trial_id, person, cohort, {words}, figure_part.* exclude (trial_id, person, cohort_no, pattern_id)
from figure_part
join figure_pattern using (pattern_id)
join (select trial_id, cohort from figure_trial) using (trial_id);
