-- Grain: one pair: sessions held whose topic is known, and how many of them are of $variant: tech_support, or digital
-- (tech_support, digital_skills, social_media). Reads claim_session.
select
    '' as part,
    count(*) filter (
        topic = 'tech_support' or ($variant = 'digital' and topic in ('digital_skills', 'social_media'))
    ) as hits,
    count(topic) as total
from claim_session
where status = 'held'
group by pair_id
