-- Grain: one person (or department, {key}) in one quarter: the mean of a metric's values, weighted by their
-- denominators where they have any. Values over fewer than $fewest are left out. Reads panel_unit.
-- Parameters: $metric, $cutoff, $first_month, $fewest.
with
held as (
    select unit, joined, until, value, coalesce(denominator, 1) as weight,
        (year(date) * 12 + month(date) - $first_month) // 3 as quarter
    from measures
    join panel_unit using ({key})
    where metric = $metric and date <= $cutoff and isfinite(value)
        and coalesce(denominator >= $fewest, true)
)
select unit, joined, quarter, sum(value * weight) / sum(weight) as outcome
from held
where until is null or quarter < until
group by unit, joined, quarter
order by unit, quarter;
