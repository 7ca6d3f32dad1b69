-- People of the centre: users, roles, groups, sessions, tokens, presence.
create table app_user (
  id uuid primary key,
  email text not null,
  name text not null,
  staff_no text not null,
  password_hash text not null,
  -- A demo password works on loopback only and keeps the server from listening elsewhere.
  demo_password boolean not null default false,
  must_change boolean not null default false,
  status text not null default 'active' check (status in ('active', 'disabled')),
  locale text not null default 'zh-CN',
  preferences jsonb not null default '{}',
  max_chats int not null default 5,
  created_at timestamptz not null,
  last_seen_at timestamptz,
  version int not null default 1
);
create unique index app_user_email on app_user (lower(email));
create table role (key text primary key, name text not null, name_en text not null, preset boolean not null, grants jsonb not null, version int not null default 1);
create table user_role (user_id uuid not null references app_user, role_key text not null references role, primary key (user_id, role_key));
create table skill_group (id uuid primary key, key text not null unique, name text not null, name_en text not null, kind text not null default 'service', calendar_id uuid, version int not null default 1);
create table group_member (group_id uuid not null references skill_group, user_id uuid not null references app_user, lead boolean not null default false, primary key (group_id, user_id));
create index group_member_user on group_member (user_id);
create table session (
  id uuid primary key,
  token_hash bytea not null unique,
  user_id uuid not null references app_user,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  agent text not null default ''
);
create index session_of_user on session (user_id);
create table api_token (id uuid primary key, token_hash bytea not null unique, user_id uuid not null references app_user, name text not null, scopes text[] not null default '{}', created_at timestamptz not null, expires_at timestamptz, last_used_at timestamptz, revoked_at timestamptz);
-- Failed sign-ins per account and per address; counted in SQL so that parallel guesses on several nodes count too.
create table attempt (key text primary key, count int not null, since timestamptz not null);
create table setup_link (one boolean primary key default true check (one), token_hash bytea not null, expires_at timestamptz not null);
-- Presence is chosen; what an agent is doing is derived from conversations.
create table presence (user_id uuid primary key references app_user, state text not null, reason text, forced boolean not null default false, since timestamptz not null, planned_end timestamptz, -- When a page of theirs was last connected; null for people who work without one (API).
  seen_at timestamptz);
