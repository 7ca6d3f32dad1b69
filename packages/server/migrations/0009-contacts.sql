-- A visitor's conversations, newest first: read on every poll of the chat frame, and when a message comes again.
create index conversation_visitor on conversation (visitor_id, opened_at desc) where visitor_id is not null;

-- C8: since when the customer has said nothing about the solution, and when they were reminded. Null while they are heard.
alter table ticket add column silent_since timestamptz, add column first_reminder_at timestamptz, add column last_reminder_at timestamptz;
update ticket set silent_since = resolved_at, first_reminder_at = (fields ->> 'firstReminderAt')::timestamptz, last_reminder_at = (fields ->> 'firstReminderAt')::timestamptz, fields = fields - 'firstReminderAt'
where status in ('resolved', 'pending_confirmation') and confirmed_at is null;

-- SD1-19: solved in the first contact; null until solved, false for good once it was reopened.
alter table ticket add column first_contact boolean;
