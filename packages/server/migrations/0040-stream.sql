-- An event's place in the stream stands in a narrow table of its own. Written into the event after commit, it made a
-- second version of the whole row and new entries in each of its five indexes: half of what a ticket wrote.
create table stream (position bigint primary key, event_id uuid not null);
-- What committed and has no place yet, one row for each transaction; a few rows at any time.
create table unplaced (event_ids uuid[] not null) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
insert into stream (position, event_id) select position, id from event where position is not null;
insert into unplaced (event_ids) select array_agg(id) from event where position is null having count(*) > 0;
drop index event_unpositioned;
alter table event drop column position;
