/** Calendars as screens and integrators see them. */
import type { Static } from '#contracts/schema.ts';
import type { Locale } from '#contracts/errors.ts';
import type { CalendarView, computeCalendar } from '#contracts/routes/time.ts';
import type { Centre } from '#kernel/centre.ts';
import { faulty, notFound } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import { calendarBook, forgetBook } from './book.ts';
import type { CompiledCalendar } from './compile.ts';
import { dayNumberOf } from './dates.ts';
import { explain } from './explain.ts';
import { refusalProblem } from './faults.ts';
import { hoursText } from './hours.ts';
import { add, addWallTraced, dayList, measure } from './rules.ts';
import type { DayItem, Due, Pause, Refusal, TraceStep } from './rules.ts';
import { allCalendars, calendarUses, toSpec } from './store.ts';
import type { CalendarRow } from './store.ts';

const toView = (
  row: CalendarRow,
  calendar: CompiledCalendar,
  inUse: number,
  locale: Locale,
): CalendarView => ({
  id: row.id,
  name: row.name,
  nameEn: row.name_en,
  zone: row.zone,
  statutory: row.statutory,
  week: row.week as unknown as CalendarView['week'],
  days: row.days as unknown as CalendarView['days'],
  minutesPerBusinessDay: calendar.minutesPerBusinessDay,
  makeUpPattern: row.make_up_pattern ?? 'mon',
  hours: hoursText(toSpec(row), locale),
  standard: row.standard,
  inUse,
  version: row.version,
});

export const listCalendars = async ({ db, clock }: Centre, locale: Locale): Promise<CalendarView[]> => {
  forgetBook(db);
  const [rows, uses, book] = await Promise.all([
    allCalendars(db),
    calendarUses(db, clock.now()),
    calendarBook(db),
  ]);
  return rows
    .filter(({ id }) => book.has(id))
    .map((row) => toView(row, book.of(row.id), uses.get(row.id) ?? 0, locale));
};

export const calendarViewById = async (centre: Centre, id: string, locale: Locale): Promise<CalendarView> => {
  const view = (await listCalendars(centre, locale)).find((calendar) => calendar.id === id);
  if (!view) throw notFound();
  return view;
};

/** A person who asks sees what is there now, also when another process changed it a moment ago. */
const freshCalendar = async ({ db }: Centre, id: string): Promise<CompiledCalendar> => {
  forgetBook(db);
  const book = await calendarBook(db);
  if (!book.has(id)) throw notFound();
  return book.of(id);
};

/** Three years of days are a screen; more is a slip. */
const longestRange = 1100;

export const daysOf = async (centre: Centre, id: string, from: string, to: string): Promise<DayItem[]> => {
  const calendar = await freshCalendar(centre, id);
  const [first, last] = [dayNumberOf(from), dayNumberOf(to)];
  if (first === null) throw faulty('/from', 'WRONG_FORMAT', { expected: 'YYYY-MM-DD' });
  if (last === null) throw faulty('/to', 'WRONG_FORMAT', { expected: 'YYYY-MM-DD' });
  if (last < first || last - first >= longestRange)
    throw faulty('/to', 'OUT_OF_RANGE', { limit: `from … from + ${longestRange - 1}` });
  return dayList(calendar, from, to);
};

type Question = Static<typeof computeCalendar.body>;
type Answer = Static<typeof computeCalendar.response>;

/** A due instant with its reasoning, or the business minutes between two instants. */
export const compute = async (
  centre: Centre,
  id: string,
  question: Question,
  locale: Locale,
): Promise<Answer> => {
  const calendar = await freshCalendar(centre, id);
  const { to, add: amount } = question;
  if ((to === undefined) === (amount === undefined))
    throw faulty(to === undefined ? '/add' : '/to', to === undefined ? 'REQUIRED' : 'INVALID');
  const from = Date.parse(question.from);
  const pauses = (question.pauses ?? []).map((pause): Pause => ({
    from: Date.parse(pause.from),
    to: Date.parse(pause.to),
  }));
  if (to !== undefined) {
    const measured = measure(calendar, from, Date.parse(to), pauses);
    if ('refusal' in measured) throw refusalProblem(measured);
    return measured;
  }
  const due = dueOf(calendar, from, amount!, pauses);
  if ('refusal' in due) throw refusalProblem(due);
  return { dueAt: iso(due.dueAt), trace: due.trace.map(shown), why: explain(due.trace, locale) };
};

const dueOf = (
  calendar: CompiledCalendar,
  from: number,
  { unit, ...amount }: NonNullable<Question['add']>,
  pauses: Pause[],
): Due | Refusal => {
  if (unit !== 'wall') return add(calendar, from, amount, pauses);
  if (amount.businessDays !== undefined || (amount.minutes === undefined) === (amount.hours === undefined))
    return { refusal: 'AMOUNT_NOT_ONE' };
  return addWallTraced(calendar.zone, from, amount.minutes ?? amount.hours! * 60, pauses);
};

const iso = (ms: number): string => new Date(ms).toISOString();
const instants: readonly string[] = ['at', 'countsFrom', 'from', 'to'];
/** Instants leave as RFC 3339. */
const shown = (step: TraceStep): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(step).map(([key, value]) => [
      key,
      instants.includes(key) && typeof value === 'number' ? iso(value) : value,
    ]),
  );

/** How many due instants moved because of these change events; who counts with calendars tells it by event. */
export const movedBy = async (
  { db }: Centre,
  calendarIds: readonly string[],
  eventIds: readonly string[],
): Promise<number> => {
  const { moved } = await db.one(sql<{ moved: number }>`
    select coalesce(sum((data ->> 'moved')::int), 0)::int as moved from event
    where subject_id = any(${calendarIds}::uuid[]) and type = 'calendar.recounted' and cause_id = any(${eventIds}::uuid[])`);
  return moved;
};
