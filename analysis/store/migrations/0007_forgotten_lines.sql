-- Lines that are gone from a load since, because a person was forgotten: how many, and nothing of whom.
create table forgotten_line (load_id text not null, lines integer not null);
