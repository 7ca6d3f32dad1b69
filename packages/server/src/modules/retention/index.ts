/** Retention: what may be purged, what is held back, and why (SD1-37). The only door for other modules. */
import * as contract from '#contracts/routes/retention.ts';
import { systemActor } from '#kernel/actor.ts';
import type { Centre, Part } from '#kernel/centre.ts';
import type { Context } from '#kernel/command.ts';
import { send } from '#kernel/command.ts';
import type { DueHandler } from '#kernel/due.ts';
import { answer } from '#kernel/http.ts';
import { decodeCursor, toPage } from '#kernel/page.ts';
import { sql } from '#kernel/sql.ts';
import { demandReason, holdRecord, releaseHold } from './commands/hold.ts';
import { demandDue, purgeRecord } from './commands/purge.ts';
import { nextNight } from './rules.ts';
import type { RecordType } from './rules.ts';
import { dueRecord, dueRecords, holdsWhere, keptYears } from './store.ts';

export { holdRecord, purgeRecord, releaseHold };

const daily = 'retention.daily';
const single = 'retention.purge';
/** So many are looked up at a time, and the next so much later. */
const portion = 100;
const portionMs = 60_000;
const byItself = '保存期满，按设置自动清除';
/** The list has no id of its own; its events hang on one well-known subject. */
const listId = '00000000-0000-7000-8000-000000000003';

/**
 * Looks once a night. By itself it only says how many wait; when the setting says so each record gets a wake, so that
 * each is purged in a transaction and with an audit line of its own.
 */
const look = async (context: Context): Promise<void> => {
  const { automatic } = await keptYears(context.tx);
  const found = await dueRecords(context.tx, context.now, { unheld: true }, portion);
  if (found.length > 0)
    context.emit('retention.listed', 'retention', listId, { count: found.length, automatic });
  if (automatic) for (const { type, id } of found) await context.schedule(single, id, context.now, { type });
  const more = automatic && found.length > 0;
  await context.schedule(daily, 'look', more ? context.now + portionMs : nextNight(context.now));
};
const purgeByItself: DueHandler = async (context, { key: id, data }) => {
  const type = data.type as RecordType;
  // It went with its ticket, or was held meanwhile.
  const due = await dueRecord(context.tx, context.now, type, id);
  if (due && !due.hold)
    await context.send(purgeRecord, { type, id, reason: byItself }, systemActor('retention'));
};

/** Begins the nightly look, once per database. */
export const startRetention = async (centre: Centre): Promise<void> =>
  centre.db.transaction(async (tx) => {
    if (await tx.maybe(sql`select 1 from due where kind = ${daily}`)) return;
    await centre.due.schedule(tx, daily, 'look', nextNight(centre.clock.now()), {});
  });

export const retention: Part = {
  name: 'retention',
  subjects: { retention: { permission: 'retention.manage' } },
  due: { [daily]: look, [single]: purgeByItself },
  start: async (centre, role) => {
    if (role !== 'web') await startRetention(centre);
  },
  routes: [
    answer(contract.listDueRecords, async ({ centre, query }) => {
      const { limit = 50, cursor, type } = query;
      const after = decodeCursor(cursor, 2);
      const found = await dueRecords(
        centre.db,
        centre.clock.now(),
        { type },
        limit + 1,
        after && { at: Number(after[0]), id: String(after[1]) },
      );
      const page = toPage(found, limit, ({ at, id }) => [at, id]);
      return { items: page.items.map(({ at: _at, ...view }) => view), nextCursor: page.nextCursor };
    }),
    answer(contract.listHolds, async ({ centre, query }) => {
      const { limit = 50, cursor } = query;
      const after = decodeCursor(cursor, 2);
      const found = await holdsWhere(
        centre.db,
        sql`h.released_at is null and ${after ? sql`(h.set_at, h.id) < (${new Date(Number(after[0]))}, ${String(after[1])}::uuid)` : sql`true`} order by h.set_at desc, h.id desc limit ${limit + 1}`,
      );
      const page = toPage(found, limit, ({ at, id }) => [at, id]);
      return { items: page.items.map(({ at: _at, ...view }) => view), nextCursor: page.nextCursor };
    }),
    answer(contract.setHold, async ({ centre, actor, body, idempotencyKey }) =>
      hold(centre, await send(centre, holdRecord, body, actor, { idempotencyKey })),
    ),
    answer(contract.releaseHold, async ({ centre, actor, params, body }) =>
      hold(centre, await send(centre, releaseHold, { id: params.id, reason: body.reason }, actor)),
    ),
    answer(contract.purgeRecords, async ({ centre, actor, body }) => {
      demandReason(body.reason);
      // All that is named is looked at before any of it goes.
      for (const { type, id } of body.items) await demandDue(centre.db, centre.clock.now(), type, id);
      for (const item of body.items) await send(centre, purgeRecord, { ...item, reason: body.reason }, actor);
      return { purged: body.items.length };
    }),
  ],
};

const hold = async (centre: Centre, id: string) => {
  const [{ at: _at, ...view }] = (await holdsWhere(centre.db, sql`h.id = ${id}::uuid`)) as [
    Awaited<ReturnType<typeof holdsWhere>>[number],
  ];
  return view;
};
