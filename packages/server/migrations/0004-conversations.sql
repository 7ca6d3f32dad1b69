-- Channels: one way in or out, with hours and a group of its own.
create table channel (
  id uuid primary key, kind text not null, key text not null unique, name text not null, name_en text not null, brand text not null default '', enabled boolean not null default true,
  calendar_id uuid, group_id uuid references skill_group, default_category text, scope text not null default '', address text, settings jsonb not null default '{}', version int not null default 1
);
create unique index channel_address on channel (lower(address)) where address is not null;

-- A thread is an ordered run of messages: a conversation's, or a ticket's own. Its row is the lock that keeps seq gapless.
create table thread (id uuid primary key, "of" text not null check ("of" in ('conversation', 'ticket')), last_seq int not null default 0, last_message_at timestamptz, last_message text not null default '', customer_seq int not null default 0) with (fillfactor = 80);
create table message (
  id uuid primary key,
  thread_id uuid not null references thread,
  seq int not null,
  at timestamptz not null,
  visibility text not null,
  author_kind text not null,
  author_id uuid,
  author_name text not null,
  body text not null,
  body_format text not null default 'text',
  html text,
  channel_id uuid,
  external_id text,
  client_id text,
  automatic boolean not null default false,
  delivery text not null default 'none',
  delivery_error text,
  unique (thread_id, seq)
);
create unique index message_client on message (thread_id, client_id) where client_id is not null;
create unique index message_external on message (channel_id, external_id) where external_id is not null;
create table read_mark (user_id uuid not null, thread_id uuid not null, seq int not null, primary key (user_id, thread_id)) with (fillfactor = 70);

create table visitor_session (id uuid primary key, token_hash bytea not null unique, channel_id uuid not null references channel, customer_id uuid references customer, locale text not null default 'zh-CN', created_at timestamptz not null, expires_at timestamptz not null);

create table conversation (
  id uuid primary key references thread,
  state text not null,
  channel_id uuid not null references channel,
  channel_kind text not null,
  customer_id uuid references customer,
  customer_name text not null default '',
  customer_level text,
  visitor_id uuid references visitor_session,
  contact_known boolean not null default false,
  subject text not null default '',
  group_id uuid references skill_group,
  agent_id uuid references app_user,
  opened_at timestamptz not null,
  queued_at timestamptz,
  -- Where it stands in the queue: when it came, minus what level and priority are worth. Earlier is served first.
  queue_at timestamptz,
  offered_to uuid references app_user,
  offer_until timestamptz,
  declined uuid[] not null default '{}',
  accepted_at timestamptz,
  first_reply_at timestamptz,
  waiting_since timestamptz,
  closed_at timestamptz,
  close_reason text,
  relation text not null default 'none',
  earlier_id uuid,
  page_url text,
  summary jsonb,
  version int not null default 1
) with (fillfactor = 80);
-- At most one open conversation per visitor and channel: a constraint, not a check.
create unique index conversation_open_visitor on conversation (channel_id, visitor_id) where visitor_id is not null and state not in ('closed', 'offline_message');
create index conversation_queue on conversation (group_id, queue_at, id) where state = 'queued';
create index conversation_agent on conversation (agent_id, waiting_since) where state = 'active';
create index conversation_offered on conversation (offered_to) where state = 'offered';
create index conversation_recent on conversation (opened_at desc, id desc);
create index conversation_customer on conversation (customer_id, opened_at desc, id desc);

create table file (
  id uuid primary key, name text not null, mime text not null, size bigint not null, sha256 text not null, storage_key text not null,
  uploader_kind text not null, uploader_id text not null, thread_id uuid references thread, message_id uuid references message, inline boolean not null default false, created_at timestamptz not null
);
create index file_message on file (message_id);
create index file_loose on file (created_at) where message_id is null;
