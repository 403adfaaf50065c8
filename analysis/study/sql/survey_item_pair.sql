-- Grain: one participant who answered one item before (pre, or recalled: retro_pre) and after, on one scale.
-- later and missed: as in survey_pair. Reads survey_item.
create or replace temp table survey_item_pair as
select pre.wave as before, side, construct, item, employee_id, greatest(pre.later, post.later) as later,
    if(pre.missed < 0, -1, (pre.missed & 31) + 32 * (greatest(pre.later, post.later) > 0)::int) as missed,
    pre.value as pre, post.value as post
from survey_item as pre
join survey_item as post using (side, construct, item, employee_id)
where pre.wave in ('pre', 'retro_pre') and post.wave = 'post' and employee_id is not null
    and coalesce(pre.scale_min = post.scale_min and pre.scale_max = post.scale_max, true)
qualify row_number() over (
    partition by pre.wave, side, construct, item, employee_id, greatest(pre.later, post.later) > 0
    order by greatest(pre.later, post.later), pre.later, post.later
) = 1;
