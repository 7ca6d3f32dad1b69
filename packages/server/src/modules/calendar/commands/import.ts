import { importHolidays as contract } from '#contracts/routes/time.ts';
import { obj, Id } from '#contracts/schema.ts';
import { command } from '#kernel/command.ts';
import { notFound } from '#kernel/problem.ts';
import { forgetBook } from '../book.ts';
import { importProblem } from '../faults.ts';
import { importHolidayCn } from '../holidays.ts';
import type { HolidayPlan } from '../spec.ts';
import { allCalendars, lockCalendar, saveCalendar, savePlan, toSpec } from '../store.ts';
import type { CalendarRow } from '../store.ts';

/**
 * Imports a year of holidays. For a calendar under the statutory plan it is the plan of the country, so every
 * calendar under it changes; for another the days become its own. Answers the plan and the ids of the change events.
 */
export const importHolidays = command({
  name: 'calendar.import',
  permission: 'calendar.write',
  input: obj({ id: Id, plan: contract.body }),
  run: async ({ tx, emit, audit, centre }, { id, plan: file }) => {
    const row = await lockCalendar(tx, id);
    if (!row) throw notFound();
    const imported = importHolidayCn({ year: file.year, papers: file.papers, days: file.days });
    if ('faults' in imported) throw importProblem(imported.faults);
    const { plan } = imported;
    let changed: CalendarRow[] = [row];
    if (row.statutory === null) await saveCalendar(tx, id, { ...toSpec(row), days: withDays(row, plan) });
    else {
      await savePlan(tx, plan);
      changed = (await allCalendars(tx)).filter(({ statutory }) => statutory === row.statutory);
    }
    audit('calendar', id, { year: plan.year, status: plan.status, days: plan.days.length });
    forgetBook(centre.db);
    const events = changed.map(
      (calendar) => emit('calendar.changed', 'calendar', calendar.id, { years: [plan.year] }).id,
    );
    return { plan, events, calendarIds: changed.map((calendar) => calendar.id) };
  },
});

/** The calendar's own days with those of the plan; a date written twice is the plan's. */
const withDays = ({ days }: CalendarRow, plan: HolidayPlan): CalendarRow['days'] => {
  const dates = new Set(plan.days.map(({ date }) => date));
  return [...days.filter(({ date }) => !dates.has(date)), ...plan.days].toSorted((a, b) =>
    a.date < b.date ? -1 : 1,
  );
};
