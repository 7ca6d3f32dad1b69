-- A picture inside a mail is named by its content id; the page of the mail finds it by that.
alter table file add column content_id text;

-- Raw first: every mail that was acknowledged stands here byte for byte before anything reads it.
create table inbound_raw (
  id uuid primary key,
  channel_id uuid not null references channel,
  -- Message-ID, or sha256 of the bytes when there is none.
  external_id text not null,
  received_at timestamptz not null,
  size int not null,
  raw bytea not null,
  state text not null default 'accepted' check (state in ('accepted', 'released', 'stored', 'bounce', 'held')),
  cause text,
  detail text not null default '',
  from_text text not null default '',
  subject text not null default '',
  -- Copies that came again; received = rows + duplicates.
  duplicates int not null default 0,
  may_answer boolean not null default false,
  message_id uuid references message,
  released_by text,
  unique (channel_id, external_id)
);
-- Mail is compressed already or small; trying again costs time on every insert.
alter table inbound_raw alter column raw set storage external;
create index inbound_raw_held on inbound_raw (received_at desc, id desc) where cause is not null;
create index inbound_raw_waiting on inbound_raw (received_at) where state in ('accepted', 'released');
create index inbound_raw_message on inbound_raw (message_id) where message_id is not null;

-- With whom a conversation or ticket is written by mail; its number is in the tokens of our mails.
create table correspondence (
  ref bigint generated always as identity primary key,
  thread_id uuid not null references thread,
  channel_id uuid not null references channel,
  recipient text not null,
  created_at timestamptz not null,
  unique (thread_id, recipient)
);

-- The outbox. Written with the change that causes it; the Message-ID is fixed here, so that a repeat is recognised as one.
create table outbound_mail (
  id uuid primary key,
  channel_id uuid not null references channel,
  ref bigint not null references correspondence,
  thread_id uuid not null references thread,
  message_id uuid references message,
  purpose text not null,
  automatic boolean not null,
  sender_name text not null,
  sender text not null,
  recipient text not null,
  reply_to text not null,
  -- '' is the null sender of automatic mail.
  return_path text not null,
  subject text not null,
  body text not null,
  header_id text not null unique,
  in_reply_to text,
  refs text,
  state text not null default 'queued' check (state in ('queued', 'sending', 'sent', 'failed')),
  attempts int not null default 0,
  next_at timestamptz not null,
  lease_until timestamptz,
  lease_owner text,
  error text,
  created_at timestamptz not null,
  done_at timestamptz
) with (fillfactor = 70);
create unique index outbound_mail_message on outbound_mail (message_id) where message_id is not null;
-- One acknowledgement per conversation or ticket: a constraint, not a check.
create unique index outbound_mail_once on outbound_mail (thread_id) where purpose = 'acknowledge';
create index outbound_mail_next on outbound_mail (next_at, id) where state in ('queued', 'sending');
create index outbound_mail_thread on outbound_mail (thread_id, id);
create index outbound_mail_automatic on outbound_mail (recipient, created_at) where automatic;
