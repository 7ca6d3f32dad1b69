-- Counts every change of what is in force. Whoever decides by a kept copy that nothing starts says by which count, and
-- the statement that writes the event looks whether it still is that one.
create table playbook_stamp (one boolean primary key default true check (one), version bigint not null);
insert into playbook_stamp (version) values (1);
-- Runs of a record; without it each event of any case looked through all runs that go on.
create index run_record on run (record_id) where record_id is not null;
