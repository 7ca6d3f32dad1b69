/**
 * All calendars of a centre, compiled. Hot paths read the book that is at most two seconds old; whoever changes a
 * calendar reads it anew inside the transaction, and clocks started meanwhile by other processes are looked at again.
 */
import type { Centre } from '#kernel/centre.ts';
import type { Tx } from '#kernel/sql.ts';
import { compile } from './compile.ts';
import type { CompiledCalendar } from './compile.ts';
import { allCalendars, calendarStamp, holidayPlans, toSpec } from './store.ts';

export type CalendarBook = {
  stamp: string;
  /** The calendar of an id, the standard one for null; throws for an id that is not there. */
  of(id: string | null): CompiledCalendar;
  standardId: string;
};

/** Calendars may be this old where nothing is changed, in ms. */
export const bookKeptMs = 2000;
type Kept = { book: CalendarBook; until: number };
const kept = new WeakMap<Tx, Kept>();

/** Reads and compiles all calendars; compiling is lazy by year, so this costs a few hundred microseconds. */
export const readBook = async (tx: Tx, stamp?: string): Promise<CalendarBook> => {
  const seen = stamp ?? (await calendarStamp(tx));
  const rows = await allCalendars(tx);
  const plans = await holidayPlans(tx);
  const compiled = new Map(rows.map((row) => [row.id, compile(toSpec(row), plans)]));
  const standardId = rows.find(({ standard }) => standard)?.id ?? '';
  return {
    stamp: seen,
    standardId,
    of: (id) => {
      const found = compiled.get(id ?? standardId);
      if (!found) throw new Error(`there is no calendar ${id ?? '(standard)'}`);
      return found;
    },
  };
};

/** The book for hot paths; `db` is the key, so that two databases in one process never share one. */
export const calendarBook = async ({ db, clock }: Pick<Centre, 'db' | 'clock'>): Promise<CalendarBook> => {
  const now = clock.now();
  const mine = kept.get(db);
  if (mine && mine.until > now && mine.until - now <= bookKeptMs) return mine.book;
  const stamp = await calendarStamp(db);
  const book = mine?.book.stamp === stamp ? mine.book : await readBook(db, stamp);
  kept.set(db, { book, until: now + bookKeptMs });
  return book;
};

/** The next reader reads anew. */
export const forgetBook = ({ db }: Pick<Centre, 'db'>): void => void kept.delete(db);
