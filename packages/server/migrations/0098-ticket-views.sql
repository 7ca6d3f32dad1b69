-- Lists of tickets that people make for themselves: a condition in the language of packs.
create table ticket_view (
  id uuid primary key,
  name text not null,
  condition jsonb not null,
  among text not null check (among in ('open', 'all')),
  sort text,
  share text not null check (share in ('me', 'group', 'all')),
  group_id uuid references skill_group,
  owner_id uuid not null references app_user,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null default 1,
  check ((share = 'group') = (group_id is not null))
);
create index ticket_view_owner on ticket_view (owner_id);
update role set grants = '{"view.share":"all"}'::jsonb || grants where grants ? 'floor.control';
