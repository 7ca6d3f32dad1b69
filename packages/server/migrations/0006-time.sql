-- Working time, the table of time targets, and one row per promise with a clock.
create table calendar (
  id uuid primary key,
  -- The preset it came from, for parts that look for one at installation.
  key text unique,
  -- The one that counts where nothing else is named.
  standard boolean not null default false,
  name text not null,
  zone text not null,
  statutory text,
  week jsonb not null,
  days jsonb not null default '[]',
  minutes_per_day double precision,
  make_up_pattern text,
  version int not null default 1
);
create unique index calendar_standard on calendar (standard) where standard;
-- Years imported here; they go before the plans that the product ships.
create table holiday_plan (
  statutory text not null,
  year int not null,
  status text not null check (status in ('published', 'provisional', 'missing')),
  source text,
  days jsonb not null,
  version int not null default 1,
  primary key (statutory, year)
);
-- A published table never changes; a ticket keeps the version it was opened under.
create table policy_version (
  version int primary key,
  effective_from timestamptz not null,
  note text not null,
  author_id uuid references app_user,
  at timestamptz not null
);
create table policy (
  version int not null references policy_version,
  position int not null,
  id uuid not null,
  kind text not null,
  scope jsonb not null,
  value double precision,
  unit text not null,
  calendar_id uuid,
  warn_at double precision,
  ladder jsonb,
  source text[] not null default '{}',
  primary key (version, id)
);
create index policy_calendar on policy (calendar_id) where calendar_id is not null;
-- One row per promise. Found again by its subject, woken by next_at; never found by scanning what was promised.
-- next_at is null once the clock has ended and infinity while an open one has nothing to come, so that its index holds
-- exactly the open clocks: a changed calendar finds its own there. Each further index costs a burst a tenth.
-- No foreign key to calendar: it would be a share lock on one hot row for each ticket.
create table deadline (
  id uuid primary key,
  subject_type text not null,
  subject_id uuid not null,
  kind text not null,
  state text not null,
  unit text not null check (unit in ('wall', 'business')),
  calendar_id uuid,
  policy_id uuid,
  policy_version int not null,
  target_minutes double precision,
  warn_fraction double precision not null,
  ladder jsonb not null,
  started_at timestamptz not null,
  due_at timestamptz,
  warn_at timestamptz,
  next_at timestamptz,
  paused_at timestamptz,
  pauses jsonb not null default '[]',
  paused_minutes double precision not null default 0,
  warned_at timestamptz,
  breached_at timestamptz,
  ladder_step int not null default 0,
  ended_at timestamptz
) with (fillfactor = 80);
create index deadline_next on deadline (next_at) where next_at is not null;
create index deadline_subject on deadline (subject_id);
