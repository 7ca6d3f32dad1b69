-- What a calendar is called in English; empty where nobody has said it.
alter table calendar add column name_en text not null default '';
update calendar set name_en = given.en
from (values
  ('workday', '工作日 9:00–18:00', 'Working days 9:00–18:00'),
  ('workday_lunch', '工作日 9:00–12:00、13:00–18:00', 'Working days 9:00–12:00 and 13:00–18:00'),
  ('always', '7×24 小时', 'Around the clock'),
  ('shop', '网店 8:30–22:00 两班', 'Online shop, two shifts 8:30–22:00'),
  ('government', '政务窗口 9:00–12:00、13:30–17:30', 'Government office 9:00–12:00 and 13:30–17:30'),
  ('daily', '每日 9:00–21:00（节假日照常）', 'Every day 9:00–21:00, holidays too'),
  ('night_duty', '夜间值守 18:00–次日 9:00', 'Night duty 18:00–9:00')
) as given (key, zh, en)
where calendar.key = given.key and calendar.name = given.zh;
