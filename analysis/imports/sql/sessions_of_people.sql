-- Grain: one staged session, under the pair that it belongs to. What is staged stands in the place of the parameter.
with
told as ($told),
owned as (
    select told.*, pairs.pair_id as owner_pair, pairs.start_date as owner_start
    from told
    left join pairs on pairs.start_date <= told.session_date
        and (
            (pairs.mentor_id = told.mentor_id and pairs.mentee_id = told.mentee_id)
            or told.reporter_id in (pairs.mentor_id, pairs.mentee_id)
        )
    qualify row_number() over (partition by told.line order by owner_start desc nulls last, owner_pair) = 1
),
spaced as (
    select *, owner_pair is not null and reporter_id is not null as reported,
        session_date - lag(session_date) over (partition by owner_pair order by session_date, line) as days_since
    from owned
),
met as (
    select *, first_value(session_date) over (
        partition by owner_pair, meeting order by session_date, line
    ) as met_on
    from (
        select *, count(*) filter (where days_since is null or days_since > 3) over (
            partition by owner_pair order by session_date, line
        ) as meeting
        from spaced
    )
)
select
    * exclude (mentor_id, mentee_id, reporter_id, owner_pair, owner_start, reported, days_since, meeting, met_on)
    replace (
        coalesce(owner_pair, pair_id) as pair_id,
        case when reported then md5(owner_pair || met_on::text) else session_id end as session_id
    )
from met
