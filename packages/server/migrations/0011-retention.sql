-- SD1-37: what must not be purged although its time is over, with who said so and why.
create table legal_hold (
  id uuid primary key,
  record_type text not null check (record_type in ('ticket', 'conversation')),
  record_id uuid not null,
  reason text not null,
  set_by uuid references app_user,
  set_at timestamptz not null,
  released_by uuid references app_user,
  released_at timestamptz,
  release_reason text
);
create unique index legal_hold_one on legal_hold (record_type, record_id) where released_at is null;
create index legal_hold_recent on legal_hold (set_at desc, id desc) where released_at is null;
-- A hold is a row of its own with a reason; the flag was never set.
alter table ticket_archive drop column legal_hold;
-- A purged record stays as a tombstone: its number, its class, its instants, nobody's words.
alter table ticket add column purged_at timestamptz;
alter table conversation add column purged_at timestamptz;
create index ticket_purge on ticket (closed_at, id) where purged_at is null and status in ('archived', 'cancelled');
create index conversation_purge on conversation (opened_at, id) where purged_at is null;
