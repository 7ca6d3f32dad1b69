create extension if not exists pg_trgm;
create table customer (
  id uuid primary key,
  number text not null unique,
  kind text not null check (kind in ('person', 'company', 'partner')),
  name text not null,
  contact_name text,
  contact_title text,
  company text not null default '-',
  industry text,
  level text not null default 'normal',
  class text,
  tags text[] not null default '{}',
  preferred_channel text,
  website text,
  remark text,
  service_hint text,
  cooperation_since date,
  fields jsonb not null default '{}',
  merged_into uuid references customer,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null default 1
);
create index customer_recent on customer (updated_at desc, id desc) where merged_into is null;
create index customer_name on customer using gin (name gin_trgm_ops);
create index customer_tags on customer using gin (tags);
-- Ways to reach a customer. Phones are E.164 when valid; a family may share one, so it is not unique.
create table customer_identity (
  id uuid primary key,
  customer_id uuid not null references customer,
  kind text not null,
  value text not null,
  raw text not null,
  label text,
  preferred boolean not null default false,
  verified boolean not null default false,
  valid boolean not null default true,
  -- The customer it belonged to before a merge; an undo gives it back.
  from_customer_id uuid,
  created_at timestamptz not null
);
create unique index customer_identity_once on customer_identity (customer_id, kind, value);
create index customer_identity_value on customer_identity (kind, value);
create index customer_identity_tail on customer_identity (reverse(value) text_pattern_ops) where kind = 'phone';
create table reveal (user_id uuid not null, at timestamptz not null, identity_id uuid not null);
create index reveal_user on reveal (user_id, at);
