-- A channel or a group that named a calendar that is not there could not be shown any more, nor the list it stands in.
update channel set calendar_id = null where calendar_id is not null and not exists (select 1 from calendar c where c.id = calendar_id);
update skill_group set calendar_id = null where calendar_id is not null and not exists (select 1 from calendar c where c.id = calendar_id);
alter table channel add constraint channel_calendar foreign key (calendar_id) references calendar;
alter table skill_group add constraint skill_group_calendar foreign key (calendar_id) references calendar;
