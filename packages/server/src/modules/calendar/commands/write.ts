/** Creates, changes and deletes calendars. A change is told as an event; who counts with the calendar listens. */
import { createCalendar as createContract, patchCalendar } from '#contracts/routes/time.ts';
import type { Static } from '#contracts/schema.ts';
import { obj, opt, Id, Type } from '#contracts/schema.ts';
import { command } from '#kernel/command.ts';
import { notFound, Problem } from '#kernel/problem.ts';
import { forgetBook } from '../book.ts';
import { demandValid } from '../faults.ts';
import type { CalendarSpec } from '../spec.ts';
import { calendarUses, hasOpenClocks, lockCalendar, removeCalendar, saveCalendar, toSpec } from '../store.ts';

type Given = Partial<Static<typeof createContract.body>>;

/** The calendar with what was given put in; null takes a default back. */
const withGiven = (spec: CalendarSpec, given: Given): CalendarSpec => {
  const { minutesPerBusinessDay = spec.minutesPerBusinessDay, makeUpPattern = spec.makeUpPattern } = given;
  return {
    name: given.name?.trim() ?? spec.name,
    nameEn: given.nameEn?.trim() ?? spec.nameEn ?? '',
    zone: given.zone ?? spec.zone,
    statutory: given.statutory === undefined ? spec.statutory : given.statutory,
    week: (given.week ?? spec.week) as CalendarSpec['week'],
    days: (given.days ?? spec.days) as CalendarSpec['days'],
    ...(minutesPerBusinessDay === undefined || minutesPerBusinessDay === null
      ? {}
      : { minutesPerBusinessDay }),
    ...(makeUpPattern === undefined || makeUpPattern === null ? {} : { makeUpPattern }),
  };
};
const blank: CalendarSpec = { name: '', zone: 'Asia/Shanghai', statutory: null, week: {}, days: [] };

export const createCalendar = command({
  name: 'calendar.create',
  permission: 'calendar.write',
  input: createContract.body,
  run: async ({ tx, newId, audit, centre }, input) => {
    const spec = withGiven(blank, input);
    demandValid(spec);
    const id = newId();
    await saveCalendar(tx, id, spec);
    audit('calendar', id, { name: spec.name });
    forgetBook(centre.db);
    return id;
  },
});

/** Answers the id of the change event, by which the moves it caused are found. */
export const changeCalendar = command({
  name: 'calendar.change',
  permission: 'calendar.write',
  input: obj({ id: Id, version: opt(Type.Integer()), change: patchCalendar.body }),
  run: async ({ tx, emit, audit, centre }, { id, version, change }) => {
    const row = await lockCalendar(tx, id);
    if (!row) throw notFound();
    if (version !== undefined && version !== row.version)
      throw new Problem('STALE_VERSION', { expected: version, actual: row.version });
    const spec = withGiven(toSpec(row), change);
    demandValid(spec);
    await saveCalendar(tx, id, spec);
    audit('calendar', id, { fields: Object.keys(change) });
    forgetBook(centre.db);
    return emit('calendar.changed', 'calendar', id, {}).id;
  },
});

export const deleteCalendar = command({
  name: 'calendar.delete',
  permission: 'calendar.write',
  input: obj({ id: Id }),
  run: async ({ tx, now, audit, centre }, { id }) => {
    const row = await lockCalendar(tx, id);
    if (!row) throw notFound();
    if (((await calendarUses(tx, now)).get(id) ?? 0) > 0 || (await hasOpenClocks(tx, id)))
      throw new Problem('CALENDAR_IN_USE');
    await removeCalendar(tx, id);
    audit('calendar', id, { name: row.name });
    forgetBook(centre.db);
  },
});
