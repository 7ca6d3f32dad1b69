-- A picture inside a mail is named by its content id; the page of the mail finds it by that.
alter table file add column content_id text;
