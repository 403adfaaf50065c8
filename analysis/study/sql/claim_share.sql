-- Grain: one part of a share. Each unit (a pair or a person) has `total` things of which `hits` are meant; the sums of
-- squares are for the variance, because the things of one unit are alike. with_hit, with_miss: units that have one.
-- What stands in braces is the text of a claim_*.sql file, with columns part, hits and total.
with
unit as ({counted})
select
    part, count(*) as units, sum(hits)::double as hits, sum(total)::double as total,
    sum(hits * hits)::double as hits_squared, sum(total * total)::double as total_squared,
    sum(hits * total)::double as crossed,
    count(*) filter (hits > 0) as with_hit, count(*) filter (hits < total) as with_miss
from unit
where total > 0
group by part
order by part;
