-- What went out with a listed phrase; one row for each phrase of a message.
create table wording_hit (
  id uuid primary key,
  at timestamptz not null,
  user_id uuid not null references app_user,
  kind text not null,
  phrase text not null,
  thread_id uuid not null references thread,
  message_id uuid not null references message,
  unique (message_id, phrase)
);
create index wording_hit_recent on wording_hit (at desc, id desc);
create index wording_hit_of on wording_hit (user_id, at desc);
