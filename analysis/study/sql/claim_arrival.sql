-- Grain: one row: the version in which data that answer a question first stood in this store, null where they never did.
-- Undone loads count: whoever loaded them could have looked. $kind: outcome (people and pairs), survey or measures.
-- Parameters: $kind, $name (construct or metric).
with
first_batch as (
    select 'people' as what, min(batch) as batch from load where kind = 'people'
    union all
    select 'pairs', min(batch) from load where kind = 'pairs'
    union all
    select 'survey', min(batch) from survey_row join load using (load_id) where construct = $name and wave = 'post'
    union all
    select 'measures', min(batch) from measures_row join load using (load_id) where metric = $name
),
needed as (
    select batch from first_batch
    where what = any(if($kind = 'outcome', ['people', 'pairs'], [$kind]))
)
select if(count(*) = count(batch), max(batch), null) as batch from needed
