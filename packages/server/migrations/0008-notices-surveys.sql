-- What a member of staff should know. Words are made when it is read; only kinds and ids are kept.
create table notice (
  id uuid primary key,
  user_id uuid not null references app_user,
  at timestamptz not null,
  kind text not null,
  subject_type text not null,
  subject_id uuid not null,
  data jsonb not null default '{}',
  sound text not null,
  needs_ack boolean not null default false,
  read_at timestamptz,
  ack_at timestamptz,
  ack_by uuid references app_user
);
create index notice_recent on notice (user_id, at desc, id desc);
-- One unread notice per person, kind and case: a later one takes the place of the earlier. A constraint, not a check.
create unique index notice_grouped on notice (user_id, kind, subject_id) where read_at is null;
create index notice_to_acknowledge on notice (kind, subject_id) where needs_ack and ack_at is null;

-- One survey per solution of a ticket; a reopened ticket's is cancelled and planned anew.
create table survey (
  id uuid primary key,
  ticket_id uuid not null references ticket,
  state text not null check (state in ('planned', 'sent', 'answered', 'expired', 'cancelled')),
  planned_at timestamptz not null,
  -- Only the hash is kept; the token itself is in the customer's mail or chat.
  token_hash bytea unique,
  sent_at timestamptz,
  channel text,
  expires_at timestamptz,
  answered_at timestamptz,
  answer jsonb,
  -- (mean score − 1) × 25: 1–5 becomes 0–100.
  csat double precision,
  -- Who worked on it when it was solved.
  agent_id uuid references app_user,
  entered_by uuid references app_user
);
create unique index survey_one on survey (ticket_id) where state <> 'cancelled';
create index survey_answered on survey (answered_at desc, id desc) where answered_at is not null;
