-- Grain: one pair in which both sides answered before and after: whether the mentor's leadership and the leader's digital
-- skills both rose. Reads claim_pair and survey_score.
with
changed as (
    select pre.side, pre.construct, employee_id, post.score - pre.score as change
    from survey_score as pre
    join survey_score as post using (side, construct, employee_id)
    where pre.wave = 'pre' and post.wave = 'post' and pre.scale_max is not distinct from post.scale_max
)
select '' as part, (mentor.change > 0 and mentee.change > 0)::int as hits, 1 as total
from claim_pair
join changed as mentor on mentor.employee_id = mentor_id and mentor.side = 'mentor' and mentor.construct = 'leadership'
join changed as mentee
    on mentee.employee_id = mentee_id and mentee.side = 'mentee' and mentee.construct = 'digital_skills'
