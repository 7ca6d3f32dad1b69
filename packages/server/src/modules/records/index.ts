/** Records: forms and business objects of kinds that packs bring. The only door for other modules. */
import * as contract from '#contracts/routes/records.ts';
import type { RecordKind } from '#contracts/pack.ts';
import type { Part } from '#kernel/centre.ts';
import { send } from '#kernel/command.ts';
import type { Context } from '#kernel/command.ts';
import { systemActor } from '#kernel/actor.ts';
import { answer } from '#kernel/http.ts';
import { notFound } from '#kernel/problem.ts';
import { Rehearsed } from '#kernel/sheet.ts';
import { sql } from '#kernel/sql.ts';
import type { Tx } from '#kernel/sql.ts';
import { changeRecord, moveRecord } from './commands/change.ts';
import { createRecord } from './commands/create.ts';
import { broadcast, gatherTickets } from './commands/gather.ts';
import { importRecords } from './commands/import.ts';
import type { Imported } from './commands/import.ts';
import { exported, printed } from './files.ts';
import { inHand } from './in-hand.ts';
import { openLink, recordOfLink } from './opened.ts';
import { allKinds, schemaOf, storeKinds } from './kinds.ts';
import { lookUp, lookUpKinds } from './look-up.ts';
import { historyOf } from './queries/history.ts';
import { listRecords, recordById, recordsOf } from './queries/list.ts';
import { summarise } from './queries/summary.ts';

export { createRecord, changeRecord, moveRecord, broadcast, gatherTickets };
export { filledFromRecords, refuseFaults } from './commands/create.ts';
export { allKinds, kindOf } from './kinds.ts';
export type { Kind } from './kinds.ts';
export { paperOf } from './files.ts';
export { findRecords } from './queries/find.ts';
export { listRecords, recordById } from './queries/list.ts';
export { mayReach, notAccused } from './store.ts';
export { lookUp } from './look-up.ts';
export { linkTo, openLink } from './opened.ts';
export { withoutPins, withoutStars } from './pins.ts';
export { summarise } from './queries/summary.ts';

/** What other modules need of a record. */
export type RecordFacts = {
  id: string;
  kind: string;
  number: string | null;
  state: string | null;
  title: string;
  data: Record<string, unknown>;
  customerId: string | null;
  ticketId: string | null;
  conversationId: string | null;
  groupId: string | null;
  ownerId: string | null;
  createdAt: number;
};
export const recordFacts = async (tx: Tx, id: string): Promise<RecordFacts | undefined> =>
  (await recordsFacts(tx, [id]))[0];
export const recordsFacts = (tx: Tx, ids: readonly string[]): Promise<RecordFacts[]> =>
  tx.all(
    sql<RecordFacts>`select id, kind, number, state, title, data, customer_id as "customerId", ticket_id as "ticketId", conversation_id as "conversationId", group_id as "groupId", owner_id as "ownerId", created_at as "createdAt" from record where id = any(${ids}::uuid[])`,
  );

/** Takes over the kinds of a pack; for playbooks, when a version is published or switched. */
export const defineKinds = (
  { centre, tx }: Pick<Context, 'centre' | 'tx'>,
  pack: string,
  kinds: readonly RecordKind[],
  enabled: boolean,
): Promise<void> => storeKinds(centre.db, tx, pack, kinds, enabled);

export const records: Part = {
  name: 'records',
  subjects: {
    record: {
      permission: 'record.read',
      ownership: (tx, id) =>
        tx.maybe(
          sql<{
            owners: (string | null)[];
            groupId: string | null;
          }>`select array[owner_id, created_by] as owners, group_id as "groupId" from record where id = ${id}::uuid`,
        ),
    },
  },
  routes: [
    answer(contract.listKinds, async ({ centre, query }) => ({
      items: (await allKinds(centre.db))
        .filter(({ enabled }) => enabled || query.all)
        .map((kind) => ({ ...kind, schema: schemaOf(kind) })),
    })),
    answer(contract.inHand, ({ centre, actor }) => inHand(centre.db, actor.id)),
    answer(contract.recordsOf, async ({ centre, actor, query }) => ({
      items: await recordsOf(centre, actor, query),
    })),
    answer(contract.listRecords, ({ centre, actor, params, query }) =>
      listRecords(centre, actor, params.kind, query),
    ),
    answer(contract.summariseRecords, ({ centre, actor, params, query }) =>
      summarise(centre, actor, params.kind, query),
    ),
    answer(contract.getRecord, ({ centre, actor, params }) =>
      recordById(centre, actor, params.kind, params.id),
    ),
    answer(contract.recordHistory, async ({ centre, actor, params }) => ({
      items: await historyOf(centre, actor, params.kind, params.id),
    })),
    answer(contract.exportRecords, async ({ centre, actor, params, query, locale, reply }) => {
      const { format, locale: asked, ...filter } = query;
      const { bytes, type, name } = await exported(
        centre,
        actor,
        params.kind,
        format,
        filter,
        asked ?? locale,
      );
      return reply.type(type).header('content-disposition', `attachment; filename="${name}"`).send(bytes);
    }),
    answer(contract.printRecord, async ({ centre, actor, params, query, locale, reply }) =>
      reply
        .type('application/pdf')
        .header('content-disposition', `inline; filename="${params.kind}.pdf"`)
        .send(await printed(centre, actor, params.kind, params.id, query.locale ?? locale)),
    ),
    answer(contract.importRecords, async ({ centre, actor, params, body, idempotencyKey }) => {
      try {
        return await send(centre, importRecords, { kind: params.kind, ...body }, actor, { idempotencyKey });
      } catch (error) {
        if (error instanceof Rehearsed) return error.answer as Imported;
        throw error;
      }
    }),
    answer(contract.createRecord, async ({ centre, actor, params, body, idempotencyKey }) => {
      const { id } = await send(centre, createRecord, { kind: params.kind, ...body }, actor, {
        idempotencyKey,
      });
      return recordById(centre, actor, params.kind, id);
    }),
    answer(contract.changeRecord, async ({ centre, actor, params, body, ifMatch }) => {
      await send(centre, changeRecord, { ...params, ...body, version: ifMatch }, actor);
      return recordById(centre, actor, params.kind, params.id);
    }),
    answer(contract.moveRecord, async ({ centre, actor, params, body, idempotencyKey }) => {
      await send(centre, moveRecord, { ...params, ...body }, actor, { idempotencyKey });
      return recordById(centre, actor, params.kind, params.id);
    }),
    answer(contract.gatherTickets, async ({ centre, actor, params, body }) => {
      await send(centre, gatherTickets, { ...params, ...body }, actor);
      return recordById(centre, actor, params.kind, params.id);
    }),
    answer(contract.broadcastRecord, ({ centre, actor, params, body, idempotencyKey }) =>
      send(centre, broadcast, { ...params, ...body }, actor, { idempotencyKey }),
    ),
    answer(contract.lookUpKinds, async ({ centre }) => ({ items: await lookUpKinds(centre) })),
    answer(contract.openRecordLink, async ({ centre, params, reply }) => {
      const id = recordOfLink(centre.config, params.token);
      if (!id) throw notFound();
      const to = await send(centre, openLink, { id }, { ...systemActor('customer'), kind: 'customer' });
      return reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer').redirect(to);
    }),
    answer(contract.lookUp, ({ centre, body, locale }) => lookUp(centre, body, locale)),
  ],
};
