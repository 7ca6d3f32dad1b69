-- How often people handed a ticket from one group to another (SD0-31): the third time its supervisor is told.
alter table ticket add column bounced_count int not null default 0;
