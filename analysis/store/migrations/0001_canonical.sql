-- Operations and the canonical rows of every load (DATA.md section 5).
-- Rows of every load stay; which of them hold today is decided by the views in 0002.

create table load (
    load_id text primary key,
    load_no integer not null unique,
    batch integer not null, -- the files of one command
    file_name text not null,
    sha256 text not null,
    kind text not null,
    as_of_date date,
    encoding text,
    lines integer not null,
    header_lines integer not null,
    blank_rows integer not null,
    loaded integer not null,
    rejected integer not null,
    loaded_at timestamp not null,
    state text not null check (state in ('active', 'undone'))
);

create table row_issue (
    load_id text not null,
    line integer not null,
    column_name text,
    code text not null,
    message text not null
);

create table plan_row (load_id text not null, body text not null);

create table people_row (
    load_id text not null,
    line integer not null,
    employee_id text not null,
    as_of_date date,
    hire_date date not null,
    original_hire_date date,
    termination_date date,
    termination_type text,
    employment_status text,
    worker_type text,
    level text,
    job_title text,
    department text,
    location text,
    manager_id text,
    fte double,
    performance_rating text,
    gender text,
    ethnicity text,
    birth_year integer,
    disability text,
    lgbtq text,
    email text
);

create table job_events_row (
    load_id text not null,
    line integer not null,
    employee_id text not null,
    effective_date date not null,
    event_type text not null,
    from_level text,
    to_level text
);

create table ladder_row (load_id text not null, line integer not null, level text not null, rank integer not null);

create table invitations_row (
    load_id text not null,
    line integer not null,
    employee_id text not null,
    side text not null,
    applied_on date,
    invited_on date,
    responded_on date,
    response text,
    method text,
    programme_id text,
    cohort text
);

create table pairs_row (
    load_id text not null,
    line integer not null,
    mentor_id text not null,
    mentee_id text not null,
    start_date date not null,
    pair_id text not null,
    programme_id text,
    cohort text,
    end_date date,
    status text,
    end_reason text,
    topic text,
    match_rule text
);

create table sessions_row (
    load_id text not null,
    line integer not null,
    pair_id text not null,
    session_date date not null,
    status text not null,
    session_id text not null,
    cancelled_by text,
    duration_min double,
    topic text,
    rating double
);

create table goals_row (
    load_id text not null,
    line integer not null,
    pair_id text not null,
    kind text not null,
    set_on date not null,
    goal_id text not null,
    due_on date,
    closed_on date,
    status text,
    progress_pct double
);

create table survey_row (
    load_id text not null,
    line integer not null,
    survey_id text not null,
    wave text not null,
    response_id text not null,
    item text not null,
    score double not null,
    employee_id text,
    side text,
    cohort text,
    submitted_at date,
    construct text,
    scale_min double,
    scale_max double,
    reversed text
);

create table measures_row (
    load_id text not null,
    line integer not null,
    metric text not null,
    date date not null,
    value double not null,
    employee_id text,
    department text,
    denominator double
);

-- Findings computed while loading, as JSON, one row a question.
create table stored_finding (question text primary key, body text not null);
