/**
 * All calendars of a centre, compiled. Hot paths read the book that is at most two seconds old; whoever changes a
 * calendar reads it inside the transaction, and clocks that others started meanwhile are looked at again.
 */
import { kept } from '#kernel/kept.ts';
import type { Tx } from '#kernel/sql.ts';
import { compile } from './compile.ts';
import type { CompiledCalendar } from './compile.ts';
import { allCalendars, calendarStamp, holidayPlans, toSpec } from './store.ts';

export type CalendarBook = {
  stamp: string;
  standardId: string;
  has(id: string): boolean;
  /** The calendar of an id, the standard one for null; throws for one that is not there. */
  of(id: string | null): CompiledCalendar;
};

/** Compiling is lazy by year, so reading all calendars costs a few hundred microseconds. */
const readBook = async (tx: Tx, last: CalendarBook | undefined): Promise<CalendarBook> => {
  const stamp = await calendarStamp(tx);
  if (last?.stamp === stamp) return last;
  const rows = await allCalendars(tx);
  const plans = await holidayPlans(tx);
  const compiled = new Map(rows.map((row) => [row.id, compile(toSpec(row), plans)]));
  const standardId = rows.find(({ standard }) => standard)?.id ?? '';
  return {
    stamp,
    standardId,
    has: (id) => compiled.has(id),
    of: (id) => {
      const found = compiled.get(id ?? standardId);
      if (!found) throw new Error(`there is no calendar ${id ?? '(standard)'}`);
      return found;
    },
  };
};

/** A book may be this old where nothing was changed by its own process, in ms. */
export const bookKeptMs = 2000;
const books = kept(bookKeptMs, readBook);

/** The book by database, or as a transaction sees it. */
export const calendarBook = (db: Tx): Promise<CalendarBook> => books.of(db);
/** The next reader looks whether something changed. */
export const forgetBook = (db: Tx): void => books.forget(db);
