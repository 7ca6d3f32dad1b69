-- Business records: every form and business object is a row of a kind, and kinds are data.
create table record_kind (key text primary key, pack text not null, definition jsonb not null, position int not null default 0, enabled boolean not null default true, version int not null default 1);
create table record (
  id uuid primary key,
  kind text not null references record_kind,
  number text,
  state text,
  title text not null,
  data jsonb not null,
  -- The day it belongs to in lists by day, in the centre's zone.
  day date not null,
  -- The id another system knows it by; the same push twice is one record.
  external_id text,
  customer_id uuid references customer,
  ticket_id uuid references ticket,
  conversation_id uuid references conversation,
  run_id uuid,
  parent_id uuid references record,
  group_id uuid references skill_group,
  owner_id uuid references app_user,
  created_by uuid references app_user,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null default 1
) with (fillfactor = 85);
create unique index record_number on record (kind, number) where number is not null;
create unique index record_external on record (kind, external_id) where external_id is not null;
create index record_recent on record (kind, created_at desc, id desc);
create index record_day on record (kind, day, id);
create index record_of_customer on record (customer_id, created_at desc) where customer_id is not null;
create index record_of_ticket on record (ticket_id, created_at desc) where ticket_id is not null;
create index record_parent on record (parent_id) where parent_id is not null;
create index record_text on record using gin (title gin_trgm_ops);
-- A problem record gathers many tickets of one cause; a task force, a review name theirs.
create table record_ticket (record_id uuid not null references record, ticket_id uuid not null references ticket, at timestamptz not null, primary key (record_id, ticket_id));
create index record_ticket_back on record_ticket (ticket_id);

-- 待办: one row for everything somebody still has to do: steps, promises, call-backs, approvals.
create table task (
  id uuid primary key,
  kind text not null,
  state text not null check (state in ('open', 'done', 'skipped', 'cancelled')),
  title jsonb not null,
  subject_type text not null,
  subject_id uuid not null,
  ticket_id uuid references ticket,
  conversation_id uuid references conversation,
  customer_id uuid references customer,
  record_id uuid references record,
  run_id uuid,
  step_key text,
  visit int not null default 1,
  assignee_id uuid references app_user,
  -- Who may take it while nobody has it.
  role_key text,
  group_id uuid references skill_group,
  -- Steps of the centre itself (waiting, telling) are kept for the story and shown to nobody as work.
  system boolean not null default false,
  due_at timestamptz,
  late boolean not null default false,
  attempts int not null default 0,
  outcome text,
  answers jsonb not null default '{}',
  note text,
  data jsonb not null default '{}',
  requested_by uuid references app_user,
  created_at timestamptz not null,
  done_at timestamptz,
  done_by uuid references app_user,
  version int not null default 1
) with (fillfactor = 80);
create index task_mine on task (assignee_id, due_at, id) where state = 'open' and not system;
create index task_role on task (role_key, group_id, due_at, id) where state = 'open' and not system and assignee_id is null;
create index task_open_due on task (due_at, id) where state = 'open' and not system;
create index task_run on task (run_id, created_at, id) where run_id is not null;
create index task_ticket on task (ticket_id) where ticket_id is not null and state = 'open';
create index task_customer on task (customer_id, kind, done_at desc) where customer_id is not null;
-- The step clock a ticket's row shows in lists; kept by tasks.
alter table ticket add column task_due_at timestamptz, add column task_title jsonb, add column task_state text;

create table playbook (
  key text primary key,
  name jsonb not null,
  scenario text not null,
  industry text not null,
  enabled boolean not null,
  position int not null default 0,
  cloned_from text,
  created_at timestamptz not null,
  version int not null default 1
);
-- A version never changes once it is published; a run keeps the one it began with.
create table playbook_version (
  key text not null references playbook,
  version int not null,
  state text not null check (state in ('draft', 'published', 'retired')),
  pack jsonb not null,
  note text not null,
  author_id uuid references app_user,
  created_at timestamptz not null,
  published_at timestamptz,
  effective_from timestamptz,
  review_due_at timestamptz,
  -- Hash of the shipped folder it was read from; null for what was made here.
  shipped text,
  primary key (key, version)
);
create unique index playbook_draft on playbook_version (key) where state = 'draft';
create table playbook_read (key text not null, version int not null, user_id uuid not null references app_user, at timestamptz not null, primary key (key, version, user_id));
create table playbook_request (
  id uuid primary key,
  key text not null references playbook,
  text text not null,
  metric text,
  before_value double precision,
  after_value double precision,
  state text not null default 'open' check (state in ('open', 'accepted', 'rejected', 'done')),
  version int,
  requested_by uuid references app_user,
  at timestamptz not null
);

create table run (
  id uuid primary key,
  playbook text not null,
  version int not null,
  state text not null check (state in ('running', 'done', 'cancelled')),
  outcome text,
  subject_type text not null,
  subject_id uuid not null,
  ticket_id uuid references ticket,
  conversation_id uuid references conversation,
  customer_id uuid references customer,
  record_id uuid references record,
  -- Answers by step, the newest visit of each; what conditions and scripts read.
  answers jsonb not null default '{}',
  visits jsonb not null default '{}',
  event jsonb not null default '{}',
  parent_run_id uuid references run,
  started_by uuid references app_user,
  started_at timestamptz not null,
  ended_at timestamptz,
  end_reason text,
  row_version int not null default 1,
  foreign key (playbook, version) references playbook_version (key, version)
) with (fillfactor = 80);
create index run_here on run (subject_id, playbook) where state = 'running';
create index run_subject on run (subject_id, started_at desc);
create index run_ticket on run (ticket_id) where ticket_id is not null;
create index run_conversation on run (conversation_id) where conversation_id is not null;
create index run_customer on run (customer_id, started_at desc) where customer_id is not null;
create index run_going on run (playbook, started_at desc) where state = 'running';
-- Which open wait listens to which event; found by event, never by looking through the runs.
create table run_wait (task_id uuid primary key references task, run_id uuid not null references run, event text not null, subject_ids uuid[] not null, condition jsonb not null default '{}');
create index run_wait_event on run_wait using gin (subject_ids);

-- A centre that already has its roles: who reads tickets may use what is new, as in the presets.
update role set grants = '{"record.read":"all","record.write":"all","task.read":"group","task.work":"own","task.assign":"own","playbook.read":"all","playbook.run":"all"}'::jsonb || grants where grants ? 'ticket.work';
update role set grants = grants || '{"record.export":"all","task.read":"all","task.work":"all","task.assign":"all"}'::jsonb where grants ? 'floor.control';
update role set grants = grants || '{"playbook.write":"all","record.import":"all"}'::jsonb where grants ? 'policy.write';
update role set grants = '{"record.read":"all","record.export":"all","task.read":"all","playbook.read":"all"}'::jsonb || grants where grants ? 'report.read' and not grants ? 'ticket.work';

-- What was last read from the shipped folders, so that a start that finds them unchanged does not parse them again.
create table pack_stamp (one boolean primary key default true check (one), stamp text not null);
