-- Two people at one draft: whoever writes it tells which writing they saw.
create sequence playbook_edit;
alter table playbook_version add column edit int not null default nextval('playbook_edit');
