-- Grain: one pair of a view: of the cohort and selection asked for, planned ones too. Reads placed_pair.
-- Parameters: $cohort, $programme, $department, $level, $location; null: whatever it is.
create or replace temp table viewed_pair as
select * from placed_pair
where ($cohort is null or cohort = $cohort)
    and ($programme is null or programme_id = $programme)
    and ($department is null or department = $department)
    and ($level is null or level = $level)
    and ($location is null or location = $location);
