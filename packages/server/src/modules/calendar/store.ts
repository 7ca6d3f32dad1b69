/** SQL on calendar and holiday_plan. */
import { json, sql } from '#kernel/sql.ts';
import type { Tx } from '#kernel/sql.ts';
import type { Weekday } from './dates.ts';
import { holidaysCn, withPlan } from './holidays.ts';
import type { CalendarSpec, HolidayPlan, SpecDay } from './spec.ts';

export type CalendarRow = {
  id: string;
  key: string | null;
  standard: boolean;
  name: string;
  name_en: string;
  zone: string;
  statutory: 'CN' | null;
  week: CalendarSpec['week'];
  days: SpecDay[];
  minutes_per_day: number | null;
  make_up_pattern: Weekday | null;
  version: number;
};

/** All calendars by name; a centre has tens of them. */
export const allCalendars = (tx: Tx): Promise<CalendarRow[]> =>
  tx.all(sql<CalendarRow>`select * from calendar order by standard desc, name, id`);

/** Locks a calendar for change. */
export const lockCalendar = (tx: Tx, id: string): Promise<CalendarRow | undefined> =>
  tx.maybe(sql<CalendarRow>`select * from calendar where id = ${id}::uuid for update`);

/** Id of the calendar that came from a preset. */
export const calendarIdByKey = async (tx: Tx, key: string): Promise<string | undefined> =>
  (await tx.maybe(sql<{ id: string }>`select id from calendar where key = ${key}`))?.id;

export const toSpec = (row: CalendarRow): CalendarSpec => ({
  id: row.id,
  name: row.name,
  nameEn: row.name_en,
  zone: row.zone,
  statutory: row.statutory,
  week: row.week,
  days: row.days,
  ...(row.minutes_per_day === null ? {} : { minutesPerBusinessDay: row.minutes_per_day }),
  ...(row.make_up_pattern === null ? {} : { makeUpPattern: row.make_up_pattern }),
});

/** Writes a calendar whole; its version rises when it was there. */
export const saveCalendar = (
  tx: Tx,
  id: string,
  spec: CalendarSpec,
  { key = null, standard = false }: { key?: string | null; standard?: boolean } = {},
): Promise<number> =>
  tx.run(sql`
  insert into calendar (id, key, standard, name, name_en, zone, statutory, week, days, minutes_per_day, make_up_pattern)
  values (${id}::uuid, ${key}, ${standard}, ${spec.name}, ${spec.nameEn ?? ''}, ${spec.zone}, ${spec.statutory}, ${json(spec.week)}::jsonb, ${json(spec.days)}::jsonb, ${spec.minutesPerBusinessDay ?? null}, ${spec.makeUpPattern ?? null})
  on conflict (id) do update set name = excluded.name, name_en = excluded.name_en, zone = excluded.zone, statutory = excluded.statutory, week = excluded.week, days = excluded.days, minutes_per_day = excluded.minutes_per_day, make_up_pattern = excluded.make_up_pattern, version = calendar.version + 1`);

/**
 * How many rules, channels and groups name each calendar. It reads tables of modules above: a calendar
 * that vanishes under them is the harm, and asking each of them would make deletion a conversation.
 */
export const calendarUses = async (tx: Tx, now: number): Promise<Map<string, number>> => {
  const rows = await tx.all(sql<{ id: string; n: number }>`
    select id, sum(n)::int as n from (
      select id, 1 as n from calendar where standard
      union all select calendar_id, 1 from channel where calendar_id is not null
      union all select calendar_id, 1 from skill_group where calendar_id is not null
      union all select calendar_id, count(*) from policy where calendar_id is not null and version >= (select max(version) from policy_version where effective_from <= ${new Date(now)}) group by 1
    ) used group by id`);
  return new Map(rows.map(({ id, n }) => [id, n]));
};

/** Whether an open clock rests on it. */
export const hasOpenClocks = async (tx: Tx, id: string): Promise<boolean> =>
  !!(await tx.maybe(
    sql`select 1 from deadline where calendar_id = ${id}::uuid and next_at is not null limit 1`,
  ));

export const removeCalendar = (tx: Tx, id: string): Promise<number> =>
  tx.run(sql`delete from calendar where id = ${id}::uuid`);

/** The plans in force: those shipped, with every imported year in front unless a draft would hide a published plan. */
export const holidayPlans = async (tx: Tx): Promise<HolidayPlan[]> => {
  const imported = await tx.all(
    sql<HolidayPlan>`select year, status, coalesce(source, '') as source, days from holiday_plan where statutory = 'CN' order by year`,
  );
  const shipped = new Map(holidaysCn.map((plan) => [plan.year, plan]));
  return imported
    .filter(({ year, status }) => status === 'published' || shipped.get(year)?.status !== 'published')
    .reduce<HolidayPlan[]>((plans, plan) => withPlan(plans, plan), [...holidaysCn]);
};

export const savePlan = (tx: Tx, { year, status, source, days }: HolidayPlan): Promise<number> =>
  tx.run(sql`
  insert into holiday_plan (statutory, year, status, source, days) values ('CN', ${year}, ${status}, ${source ?? null}, ${json(days)}::jsonb)
  on conflict (statutory, year) do update set status = excluded.status, source = excluded.source, days = excluded.days, version = holiday_plan.version + 1`);

/** Changes whenever any calendar or plan does; one small read. */
export const calendarStamp = async (tx: Tx): Promise<string> =>
  (
    await tx.one(sql<{ stamp: string }>`
      select coalesce((select string_agg(id || '.' || version, ',' order by id) from calendar), '') || '/' ||
             coalesce((select string_agg(year || '.' || version, ',' order by year) from holiday_plan), '') as stamp`)
  ).stamp;
