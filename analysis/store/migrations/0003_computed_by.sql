-- Which version of the application computed what is derived from the rows; another one computes it anew.
create table computed_by (version text not null);
