-- What the outside calls an article by, so that the same import twice makes no second one. Written in the desk without one: its id.
alter table article add column key text;
update article set key = id::text;
alter table article alter column key set not null;
create unique index article_key on article (key);
