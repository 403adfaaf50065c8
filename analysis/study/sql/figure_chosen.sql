-- Grain: one pattern of covariates of the people that a view is narrowed to.
-- Parameters: $department, $level, $location; null: whatever it is.
create or replace temp table figure_chosen as
select pattern_id from pattern
where ($department is null or department::text = $department)
    and ($level is null or level::text = $level)
    and ($location is null or location::text = $location);
