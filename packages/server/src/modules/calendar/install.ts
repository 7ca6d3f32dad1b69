import type { Centre } from '#kernel/centre.ts';
import { forgetBook } from './book.ts';
import { calendarPresets } from './presets.ts';
import { saveCalendar } from './store.ts';
import { sql } from '#kernel/sql.ts';

/** Puts the presets in place when there is no calendar yet; the first is the standard one. */
export const installCalendars = async ({
  db,
  clock,
  ids,
}: Pick<Centre, 'db' | 'clock' | 'ids'>): Promise<void> => {
  await db.transaction(async (tx) => {
    // Two nodes may start together.
    await tx.run(sql`lock table calendar in share row exclusive mode`);
    if (await tx.maybe(sql`select 1 from calendar limit 1`)) return;
    for (const [index, { key, spec }] of calendarPresets.entries())
      await saveCalendar(tx, ids.id(clock.now()), spec, { key, standard: index === 0 });
  });
  forgetBook(db);
};
