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
