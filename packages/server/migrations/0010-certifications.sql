-- SD1-20: who may work on which product, and until which day (the whole of it).
create table certification (
  id uuid primary key,
  user_id uuid not null references app_user,
  product text not null,
  valid_until date not null,
  note text not null default '',
  granted_by uuid references app_user,
  granted_at timestamptz not null,
  unique (user_id, product)
);
create index certification_expiry on certification (valid_until);
-- What a ticket is about, and whether that needed a certificate when it was said; a changed list rules new tickets only.
alter table ticket add column product text, add column needs_certificate boolean not null default false;
