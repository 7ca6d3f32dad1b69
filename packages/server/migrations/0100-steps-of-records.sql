-- The list of a kind shows the nearest open step of each record, and is narrowed to those that are late.
create index task_record on task (record_id, due_at, id) where record_id is not null and state = 'open' and not system;
