import * as contract from '#contracts/routes/time.ts';
import type { RouteHandler } from '#kernel/centre.ts';
import { send } from '#kernel/command.ts';
import { answer } from '#kernel/http.ts';
import { shortPage } from '#kernel/page.ts';
import { importHolidays } from './commands/import.ts';
import { changeCalendar, createCalendar, deleteCalendar } from './commands/write.ts';
import { calendarViewById, compute, daysOf, listCalendars, movedBy } from './queries.ts';

export const calendarRoutes: RouteHandler[] = [
  answer(contract.listCalendars, async ({ centre, locale, query }) =>
    shortPage(await listCalendars(centre, locale), query, ({ id }) => id),
  ),
  answer(contract.createCalendar, async ({ centre, actor, body, locale, idempotencyKey }) =>
    calendarViewById(centre, await send(centre, createCalendar, body, actor, { idempotencyKey }), locale),
  ),
  answer(contract.getCalendar, ({ centre, params, locale }) => calendarViewById(centre, params.id, locale)),
  answer(contract.patchCalendar, async ({ centre, actor, params: { id }, body, ifMatch, locale }) => {
    const event = await send(centre, changeCalendar, { id, version: ifMatch, change: body }, actor);
    return {
      ...(await calendarViewById(centre, id, locale)),
      movedDeadlines: await movedBy(centre, [id], [event]),
    };
  }),
  answer(contract.deleteCalendar, async ({ centre, actor, params }) => {
    await send(centre, deleteCalendar, { id: params.id }, actor);
    return { ok: true };
  }),
  answer(contract.calendarDays, async ({ centre, params, query }) => ({
    items: await daysOf(centre, params.id, query.from, query.to),
  })),
  answer(contract.computeCalendar, ({ centre, params, body, locale }) =>
    compute(centre, params.id, body, locale),
  ),
  answer(contract.importHolidays, async ({ centre, actor, params, body, idempotencyKey }) => {
    const { plan, events, calendarIds } = await send(
      centre,
      importHolidays,
      { id: params.id, plan: body },
      actor,
      { idempotencyKey },
    );
    return {
      year: plan.year,
      status: plan.status,
      days: plan.days.length,
      movedDeadlines: await movedBy(centre, calendarIds, events),
    };
  }),
];
