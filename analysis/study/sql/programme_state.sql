-- What a pair was on a day. An end that came later had not come then. `newest`: the day is the last one that the data
-- cover; only then is a word without a date, such as paused or planned, known to hold. Ended, but not how: unknown.
create or replace temp macro state_on(status, start_date, end_date, day, newest) as
    case
        when status = 'planned' or start_date > day then if(newest, 'planned', null)
        when end_date > day then 'active'
        when end_date is not null then if(status in ('completed', 'ended_early'), status, 'unknown')
        when coalesce(status, 'active') = 'active' then 'active'
        when newest then status
        else 'unknown'
    end;
