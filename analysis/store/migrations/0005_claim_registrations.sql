-- Claims registered before their data arrive. Append-only: a registration is never changed and never deleted; taking it
-- back is a row of its own. No row belongs to a load, so undoing loads leaves all of them.

create table claim_registration (
    registration_no integer primary key,
    claim_id text, -- null: in own words
    claim_words text not null,
    measured_by text not null, -- what will be asked: "retention", "survey digital_skills", "measures learning_hours"
    side text not null check (side in ('mentor', 'mentee')),
    direction text not null check (direction in ('higher', 'lower')),
    smallest_difference double not null, -- points: percentage points, of the scale, or in the metric's own units
    rule text not null,
    registered_by text not null,
    registered_at timestamp not null, -- UTC
    data_version integer not null, -- the version it was published as: loads of earlier versions were there already
    plan_hash text not null
);

create table claim_withdrawal (
    registration_no integer primary key,
    reason text not null,
    withdrawn_by text not null,
    withdrawn_at timestamp not null
);
