-- Grain: one thing that the store holds today, in canonical words: kind column ("pairs.topic": some row has a value),
-- metric ("learning_hours": a value on two dates or more). Rows of active loads, superseded or not.
-- What stands in braces is one select a kind of file, fixed by the canonical model.
with
filled as ({columns}),
column_ as (unpivot filled on columns(* exclude (kind)) into name name value held),
metric_date as (
    select distinct metric, date, employee_id is not null as by_person
    from measures_row join active_load using (load_id)
    where employee_id is not null or department is not null
),
metric as (
    select metric from metric_date group by metric, by_person having count(distinct date) > 1
)
select 'column' as what, kind || '.' || name as name from column_ where held
union
select 'metric', metric from metric;
