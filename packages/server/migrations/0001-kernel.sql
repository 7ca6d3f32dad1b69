-- The ground every module stands on: events, deliveries, wakes, audit, idempotency.
create table event (
  id uuid primary key,
  -- Gapless order for browsers and integrators, given after commit by the dispatcher; commit order is not id order.
  position bigint unique,
  type text not null,
  at timestamptz not null,
  subject_type text not null,
  subject_id uuid not null,
  data jsonb not null,
  actor_kind text not null,
  actor_id text not null,
  cause_id uuid,
  depth int not null,
  group_id uuid,
  user_ids uuid[] not null default '{}',
  channel_id uuid,
  customer_id uuid,
  visitor_id uuid
);
create index event_unpositioned on event (id) where position is null;
create index event_subject on event (subject_id, at desc, id desc);
create index event_customer on event (customer_id, at desc, id desc) where customer_id is not null;
create table stream_head (one boolean primary key default true check (one), position bigint not null);
insert into stream_head values (true, 0);

create table delivery (
  id bigint generated always as identity primary key,
  subscriber text not null,
  event_id uuid not null references event,
  subject_id uuid not null,
  run_at timestamptz not null,
  lease_until timestamptz,
  lease_owner text,
  attempts int not null default 0,
  dead boolean not null default false,
  error text
) with (fillfactor = 70);
create index delivery_order on delivery (subscriber, subject_id, id) where not dead;
create index delivery_dead on delivery (id) where dead;

create table due (
  kind text not null,
  key text not null,
  at timestamptz not null,
  data jsonb not null,
  attempts int not null default 0,
  dead boolean not null default false,
  error text,
  primary key (kind, key)
);
create index due_next on due (at) where not dead;

create table idempotency (actor text not null, key text not null, hash text not null, at timestamptz not null, answer jsonb, primary key (actor, key));
create index idempotency_age on idempotency (at);

-- 64 chains instead of one, so that two commands rarely wait for the same head; each chain is its own proof.
create table audit_chain (chain int primary key, seq bigint not null, hash bytea not null) with (fillfactor = 20);
insert into audit_chain select n, 0, sha256(convert_to('zhike audit chain ' || n, 'UTF8')) from generate_series(0, 63) n;
create table audit (
  chain int not null,
  seq bigint not null,
  at timestamptz not null,
  action text not null,
  actor_kind text not null,
  actor_id text not null,
  user_id uuid,
  subject_type text not null,
  subject_id text not null,
  -- The canonical text that the hash covers; jsonb would reorder it.
  body text not null,
  hash bytea not null,
  primary key (chain, seq)
);
create index audit_at on audit (at desc, chain, seq);
create index audit_subject on audit (subject_id, at desc);
create function refuse_change() returns trigger language plpgsql as $$ begin raise exception 'the audit is append-only'; end $$;
create trigger audit_append_only before update or delete on audit for each row execute function refuse_change();
create trigger audit_no_truncate before truncate on audit for each statement execute function refuse_change();

create table setting (key text primary key, value jsonb not null, version int not null default 1);
