-- A visitor's conversations, newest first: read on every poll of the chat frame, and when a message comes again.
create index conversation_visitor on conversation (visitor_id, opened_at desc) where visitor_id is not null;
