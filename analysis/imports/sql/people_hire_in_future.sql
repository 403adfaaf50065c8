-- People of one load whose hire date lies more than a year after the day of the snapshot (of the load, in a master
-- list).
-- One row: found, first_line (null where there is none).
with
ahead as (
    select line, hire_date, coalesce(people_row.as_of_date, loaded_at::date) as day
    from people_row join load using (load_id)
    where load_id = $load_id and hire_date > coalesce(people_row.as_of_date, loaded_at::date)
)
select count(*) as found, min(line) as first_line from ahead where hire_date > day + interval 12 month;
