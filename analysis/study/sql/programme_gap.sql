-- Grain: one pair of the view that has begun, without an id: how far the mentor is below the mentee.
-- level_gap: ranks on the ladder; tenure_gap: years that the mentor was hired later; age_gap: years that the mentor was
-- born later; null where either is not known. Reads viewed_pair, programme_person.
select
    mentee.rank - mentor.rank as level_gap,
    (mentor.hire_date - mentee.hire_date) / 365.25 as tenure_gap,
    mentor.birth_year - mentee.birth_year as age_gap
from viewed_pair
join programme_person as mentor on mentor.pair_id = viewed_pair.pair_id and mentor.side = 'mentor'
join programme_person as mentee on mentee.pair_id = viewed_pair.pair_id and mentee.side = 'mentee'
where state <> 'planned'
order by all;
