-- 应急模式: what customers and staff are told while lines are jammed or something is down. At most one is on.
create table incident (
  id uuid primary key,
  cause text not null,
  announcement text not null,
  announcement_en text not null,
  ivr text not null,
  expected_end timestamptz,
  offer_callback boolean not null,
  overflow_group_id uuid references skill_group,
  started_by uuid references app_user,
  started_at timestamptz not null,
  ended_by uuid references app_user,
  ended_at timestamptz
);
create unique index incident_on on incident ((true)) where ended_at is null;
update role set grants = '{"incident.switch":"all"}'::jsonb || grants where grants ? 'floor.control' and grants ? 'settings.read';
