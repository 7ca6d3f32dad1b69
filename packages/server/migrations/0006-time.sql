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
  calendar_id uuid references calendar,
  warn_at double precision,
  ladder jsonb,
  source text[] not null default '{}',
  primary key (version, id)
);
create index policy_calendar on policy (calendar_id) where calendar_id is not null;
