-- Grain: one participant who answered one item before (pre, or recalled: retro_pre) and after, on one scale.
-- missed: as in survey_score. Reads survey_item.
create or replace temp table survey_item_pair as
select pre.wave as before, side, construct, item, employee_id, pre.missed, pre.value as pre, post.value as post
from survey_item as pre
join survey_item as post using (side, construct, item, employee_id)
where pre.wave in ('pre', 'retro_pre') and post.wave = 'post' and employee_id is not null
    and coalesce(pre.scale_min = post.scale_min and pre.scale_max = post.scale_max, true);
