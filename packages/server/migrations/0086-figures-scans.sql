-- Figures, floor and the list of missed contacts ask for a stretch of time; without these each asks every row ever kept.
create index conversation_queued on conversation (queued_at) where queued_at is not null;
create index conversation_closed on conversation (closed_at) where closed_at is not null;
create index conversation_unanswered on conversation (channel_kind, opened_at, id) where first_reply_at is null;
create index ticket_resolved on ticket (resolved_at) where resolved_at is not null;
create index ticket_closed on ticket (closed_at) where closed_at is not null;
create index deadline_breached on deadline (breached_at) where breached_at is not null;
-- Messages lie in the order of their time: some kilobytes say which pages hold a month.
create index message_at on message using brin (at);
