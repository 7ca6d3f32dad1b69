-- The newest of a thread, and the page before a given one, without reading the whole thread: 0.6 ms less at 2,000 messages.
create index message_newest on message (thread_id, at desc, id desc);
