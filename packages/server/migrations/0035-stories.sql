-- The story of a ticket also tells of its steps; runs and records have such an index already.
create index task_of_ticket on task (ticket_id) where ticket_id is not null;
