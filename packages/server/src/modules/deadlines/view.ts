/** Clocks as people see them, each with the reason for its due instant in words. */
import type { Locale } from '#contracts/errors.ts';
import type { DeadlineView } from '#contracts/routes/tickets.ts';
import type { Tx } from '#kernel/sql.ts';
import { calendarBook, explain } from '#modules/calendar/index.ts';
import type { CalendarBook, TraceStep } from '#modules/calendar/index.ts';
import { arithmeticOf } from './arithmetic.ts';
import type { Deadline } from './rules.ts';
import { newestClocks, readClocks } from './store.ts';

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

const order = (clock: Deadline): number => (clock.endedAt === null ? 0 : 1);

/** The newest clock of each kind by subject, the one that is due first in front. */
export const deadlinesOf = async (
  tx: Tx,
  subjectIds: readonly string[],
  locale: Locale = 'zh-CN',
): Promise<Map<string, DeadlineView[]>> => {
  if (subjectIds.length === 0) return new Map();
  const [clocks, book] = await Promise.all([newestClocks(tx, subjectIds), calendarBook(tx)]);
  const bySubject = Map.groupBy(clocks, ({ subjectId }) => subjectId);
  return new Map([...bySubject].map(([id, mine]) => [id, inOrder(mine, book, locale)]));
};

/** The same of one subject whose rows came with a larger statement; calendars from `db`, which keeps them (4 ms each anew). */
export const shownClocks = async (
  db: Tx,
  rows: unknown,
  locale: Locale = 'zh-CN',
): Promise<DeadlineView[]> => {
  const clocks = readClocks(rows);
  return clocks.length === 0 ? [] : inOrder(clocks, await calendarBook(db), locale);
};

const inOrder = (clocks: readonly Deadline[], book: CalendarBook, locale: Locale): DeadlineView[] =>
  clocks
    .toSorted(
      (a, b) =>
        order(a) - order(b) || (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity) || a.startedAt - b.startedAt,
    )
    .map((clock) => toView(clock, book, locale));

const toView = (clock: Deadline, book: CalendarBook, locale: Locale): DeadlineView => {
  const trace = traceOf(clock, book);
  return {
    id: clock.id,
    kind: clock.kind,
    state: clock.state,
    dueAt: iso(clock.dueAt),
    warnAt: iso(clock.warnAt),
    startedAt: iso(clock.startedAt)!,
    metAt: clock.state === 'met' || clock.state === 'met_late' ? iso(clock.endedAt) : null,
    breachedAt: iso(clock.breachedAt),
    pausedAt: iso(clock.pausedAt),
    pausedMinutes: clock.pausedMinutes,
    target: clock.targetMinutes,
    unit: clock.unit,
    calendarId: clock.calendarId,
    why: clock.dueAt === null ? noTarget[locale] : explain(trace, locale),
    provisional: trace.some(({ kind }) => kind === 'unsure'),
  };
};

const noTarget: Record<Locale, string> = { 'zh-CN': '不设时限（—）', en: 'no target (—)' };

const traceOf = (clock: Deadline, book: CalendarBook): TraceStep[] => {
  if (clock.targetMinutes === null) return [];
  // The calendar of a clock long ended may be gone.
  if (clock.calendarId !== null && !book.has(clock.calendarId)) return [];
  return arithmeticOf(book.of).trace(clock, clock.startedAt, clock.targetMinutes, clock.pauses);
};
