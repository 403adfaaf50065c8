-- Grain: one person who was asked to take part on a side, and whether any answer was of $variant. Who was not drawn or
-- waits was not asked. $variant: declined (part: the side), or accepted_mentee (leaders only).
-- Parameters: $variant, $programmes, $cutoff.
with
asked as (
    select side, employee_id, response
    from invitations
    where response in ('accepted', 'declined', 'no_answer')
        and list_contains($programmes, coalesce(programme_id, $programmes[1]))
        and coalesce(responded_on, invited_on, applied_on, $cutoff) <= $cutoff
)
select
    case when $variant = 'accepted_mentee' then '' when side = 'mentee' then 'one' else 'other' end as part,
    bool_or(response = if($variant = 'declined', 'declined', 'accepted'))::int as hits,
    1 as total
from asked
where $variant = 'declined' or side = 'mentee'
group by side, employee_id
