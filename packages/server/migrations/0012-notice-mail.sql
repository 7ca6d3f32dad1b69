-- Notices by mail: what a person wants to get, and a mail that belongs to no thread of a customer.
create table notice_preference (user_id uuid primary key references app_user, kinds text[] not null, only_away boolean not null);
-- Mail to our own people has no correspondence: their address must never become one that a customer's thread is written with.
alter table outbound_mail alter column ref drop not null, alter column thread_id drop not null, add column notice_id uuid;
-- One mail per notice; a notice that is raised again while unread keeps its id.
create unique index outbound_mail_notice on outbound_mail (notice_id) where notice_id is not null;
