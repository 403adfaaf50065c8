-- Grain: one value of one header that a view can be narrowed by.
-- Parameters: $side (null: both), $programmes, $minimum: participants that had it on joining.
with
joined as (
    select person, programme_id as programme, department::text as department, pattern.level::text as level,
        location::text as location
    from person_trial_row join trial using (trial_id) join pattern using (pattern_id)
    where a = 1 and barred is null and ($side is null or side = $side) and list_contains($programmes, programme_id)
),
long as (unpivot joined on programme, department, level, location into name header value "value")
select header, "value" from long
group by header, "value" having count(distinct person) >= $minimum and "value" <> 'unknown'
order by header, "value";
