-- Grain: one pair whose two sides are known: whether the mentor stands below, by $variant: level on the day the pair
-- began, tenure (hired later) or age (born later). Equal is not below. Reads claim_pair.
-- The lists are read row by row, not through the view people: what a list of changes leaves out is the same as before.
with
said as (
    select row_.*, load_no, coalesce(as_of_date, date '0001-01-01') as since
    from people_row as row_
    join active_load using (load_id)
    where employee_id in (select mentor_id from claim_pair union all select mentee_id from claim_pair)
    qualify row_number() over (partition by employee_id, as_of_date order by load_no desc) = 1
),
person as (
    select employee_id, max(hire_date) as hired, max(birth_year) as born from said group by employee_id
),
level_at as (select employee_id, since, rank from said join ladder using (level)),
ranked as (
    select claim_pair.*, level_at.rank as mentor_rank
    from claim_pair
    asof left join level_at on level_at.employee_id = mentor_id and since <= start_date
),
both_ranked as (
    select ranked.*, level_at.rank as mentee_rank
    from ranked
    asof left join level_at on level_at.employee_id = mentee_id and since <= start_date
),
compared as (
    select
        case $variant
            when 'level' then mentor_rank < mentee_rank
            when 'tenure' then mentor.hired > mentee.hired
            else mentor.born > mentee.born
        end as below
    from both_ranked
    left join person as mentor on mentor.employee_id = mentor_id
    left join person as mentee on mentee.employee_id = mentee_id
)
select '' as part, below::int as hits, 1 as total from compared where below is not null
