-- What the service is to reach, in the unit its figure is shown in; actual values are counted when asked.
create table goal (
  id uuid primary key,
  figure text not null,
  group_id uuid references skill_group,
  mode text not null check (mode in ('relative', 'points', 'absolute')),
  baseline double precision not null,
  change double precision not null,
  target double precision not null,
  from_month text not null,
  to_month text not null,
  note text not null default '',
  created_by uuid references app_user,
  created_at timestamptz not null,
  ended_at timestamptz
);
-- What a quarter had reached when it was looked at, and what is done about it.
create table goal_review (
  goal_id uuid not null references goal,
  quarter text not null,
  actual double precision,
  reached boolean not null,
  action text not null,
  by_id uuid references app_user,
  at timestamptz not null,
  primary key (goal_id, quarter)
);
update role set grants = '{"goal.write":"all"}'::jsonb || grants where grants ? 'report.read' and grants ? 'policy.write';
