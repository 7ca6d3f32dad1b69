create table ticket (
  id uuid primary key references thread,
  number text not null unique,
  status text not null,
  priority text not null,
  priority_why text not null,
  urgency text not null,
  impact text not null,
  affected_users int,
  loss_amount numeric,
  category text not null,
  subject text not null,
  description text not null,
  channel text not null,
  channel_id uuid references channel,
  customer_id uuid not null references customer,
  customer_name text not null,
  customer_level text not null,
  -- 首问责任人 stays, whoever works on it now.
  accountable_id uuid references app_user,
  assignee_id uuid references app_user,
  group_id uuid references skill_group,
  accused_id uuid references app_user,
  expected_at timestamptz,
  fields jsonb not null default '{}',
  is_complaint boolean not null default false,
  is_emergency boolean not null default false,
  escalation_level int not null default 0,
  urged_count int not null default 0,
  last_urged_at timestamptz,
  reopened_count int not null default 0,
  progress_note text,
  eta_at timestamptz,
  hold_reason text,
  hold_until timestamptz,
  status_before text,
  started_at timestamptz,
  contacted_at timestamptz,
  resolution jsonb,
  verification jsonb,
  resolved_at timestamptz,
  confirmed_at timestamptz,
  confirmed_by text,
  reminders int not null default 0,
  closed_at timestamptz,
  close_reason text,
  close_note text,
  archived_at timestamptz,
  confirmed_fields jsonb not null default '[]',
  policy_version int not null,
  merged_into uuid references ticket,
  merge_undo jsonb,
  parent_id uuid references ticket,
  -- The nearest clock, kept here so that a list of 50 needs no join.
  next_due_at timestamptz,
  next_due_kind text,
  next_due_state text,
  last_message text not null default '',
  last_message_at timestamptz,
  last_seq int not null default 0,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null default 1
) with (fillfactor = 80);
-- Few and partial, made for the screens; only the open ones carry updated_at.
create index ticket_assignee on ticket (assignee_id, updated_at desc, id desc) where status not in ('closed', 'archived', 'cancelled');
create index ticket_group on ticket (group_id, updated_at desc, id desc) where status not in ('closed', 'archived', 'cancelled');
create index ticket_open on ticket (updated_at desc, id desc) where status not in ('closed', 'archived', 'cancelled');
create index ticket_due on ticket (next_due_at, id) where next_due_at is not null and status not in ('closed', 'archived', 'cancelled');
create index ticket_customer on ticket (customer_id, created_at desc, id desc);
create index ticket_accountable on ticket (accountable_id, created_at desc, id desc);
create index ticket_created on ticket (created_at desc, id desc);
create index ticket_parent on ticket (parent_id) where parent_id is not null;
create table ticket_conversation (ticket_id uuid not null references ticket, conversation_id uuid not null references conversation, primary key (ticket_id, conversation_id));
create index ticket_conversation_back on ticket_conversation (conversation_id);
create table ticket_link (ticket_id uuid not null references ticket, other_id uuid not null references ticket, relation text not null, primary key (ticket_id, other_id, relation));
create table ticket_archive (ticket_id uuid primary key references ticket, archived_at timestamptz not null, parts jsonb not null, hash text not null, keep_until timestamptz not null, legal_hold boolean not null default false);
create trigger ticket_archive_fixed before update of parts, hash, archived_at, ticket_id on ticket_archive for each row execute function refuse_change();
-- What a customer shows to see one ticket's progress; a pass lives 30 minutes.
create table progress_pass (token_hash bytea primary key, ticket_id uuid not null references ticket, expires_at timestamptz not null);
