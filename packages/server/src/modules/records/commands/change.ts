import { Id, Type, nullable, obj, opt, text } from '#contracts/schema.ts';
import { Answers } from '#contracts/routes/tasks.ts';
import { command } from '#kernel/command.ts';
import { Problem } from '#kernel/problem.ts';
import { json, sql } from '#kernel/sql.ts';
import { demandKind } from '../kinds.ts';
import { withoutOwnMasks } from '../masks.ts';
import { sealed, withoutStars } from '../pins.ts';
import { dataFaults, moveRefusal, scored, tidied, titleOf } from '../rules.ts';
import { audienceOf, lockRecord } from '../store.ts';
import {
  dayOf,
  groupByKey,
  refuseFaults,
  refuseFixed,
  refuseHeld,
  refuseOthersFields,
  refuseTaken,
  refuseUnknownRecords,
} from './create.ts';
import { demandParent } from './parent.ts';

const link = opt(nullable(Id));
const links = ['customerId', 'ticketId', 'conversationId', 'parentId', 'groupId', 'ownerId'] as const;

/** Changes fields and links; fields that are not named stay, a field set to null is emptied. */
export const changeRecord = command({
  name: 'records.change',
  permission: 'record.write',
  input: obj({
    kind: text(40, 1),
    id: Id,
    data: opt(Answers),
    customerId: link,
    ticketId: link,
    conversationId: link,
    parentId: link,
    groupId: link,
    ownerId: link,
    version: opt(Type.Integer()),
  }),
  run: async (context, { data: raw, ...input }) => {
    const { tx, now, actor, emit, centre, audit } = context;
    const kind = await demandKind(centre.db, input.kind);
    const row = await lockRecord(tx, actor, input.kind, input.id);
    const given = raw && withoutOwnMasks(kind, withoutStars(kind, raw), row.data);
    if (input.version !== undefined && input.version !== row.version)
      throw new Problem('STALE_VERSION', { expected: input.version, actual: row.version });
    const plain = scored(kind, tidied(kind, { ...row.data, ...given }, false));
    if (given) {
      const touched = Object.keys(given).filter(
        (key) => json(row.data[key] ?? null) !== json(given[key] ?? null),
      );
      refuseOthersFields(context, kind, touched);
      refuseFixed(context, kind, row.state, touched);
      await refuseHeld(context, kind, input.id, touched);
      refuseFaults(dataFaults(kind, plain));
      await refuseUnknownRecords(context, kind, given);
      await refuseTaken(context, kind, plain, input.id);
    }
    await demandParent(context, input.parentId, input.id);
    const data = await sealed(kind, plain);
    const fields = [
      ...Object.keys(given ?? {}).filter((key) => json(row.data[key] ?? null) !== json(data[key] ?? null)),
      ...links.filter((name) => input[name] !== undefined),
    ];
    if (fields.length === 0) return input.id;
    const keep = (name: (typeof links)[number], old: string | null) =>
      input[name] === undefined ? old : input[name];
    const customerId = keep('customerId', row.customer_id);
    const customer = customerId
      ? await tx.maybe(sql<{ name: string }>`select name from customer where id = ${customerId}::uuid`)
      : undefined;
    // Another store, another centre: who sees it follows the field that names them.
    const moved =
      kind.groupFrom !== undefined && fields.includes(kind.groupFrom) && input.groupId === undefined;
    const next = {
      group_id: moved ? await groupByKey(tx, data[kind.groupFrom!]) : keep('groupId', row.group_id),
      owner_id: keep('ownerId', row.owner_id),
      created_by: row.created_by,
      customer_id: customerId,
    };
    await tx.run(sql`
      update record set data = ${json(data)}::jsonb, title = ${titleOf(kind, { data, customer: customer?.name ?? '', number: row.number })}, day = ${dayOf(kind, data, row.created_at)}::date,
        customer_id = ${customerId}::uuid, ticket_id = ${keep('ticketId', row.ticket_id)}::uuid, conversation_id = ${keep('conversationId', row.conversation_id)}::uuid, parent_id = ${keep('parentId', row.parent_id)}::uuid, group_id = ${next.group_id}::uuid, owner_id = ${next.owner_id}::uuid,
        updated_at = ${new Date(now)}, version = version + 1 where id = ${input.id}::uuid`);
    emit('record.changed', 'record', input.id, { kind: input.kind, fields }, audienceOf(next));
    audit('record', input.id, { fields });
    return input.id;
  },
});

/** Moves a record to another state as its kind allows, filling fields on the way. */
export const moveRecord = command({
  name: 'records.move',
  permission: 'record.write',
  input: obj({ kind: text(40, 1), id: Id, to: text(40, 1), data: opt(Answers), note: opt(text(1000)) }),
  run: async (context, input) => {
    const { tx, now, actor, emit, centre } = context;
    const kind = await demandKind(centre.db, input.kind);
    if (input.data) await context.send(changeRecord, { kind: input.kind, id: input.id, data: input.data });
    const row = await lockRecord(tx, actor, input.kind, input.id);
    const facts = { data: row.data, record: { state: row.state, number: row.number } };
    const reason = moveRefusal(kind, row.state, input.to, facts, {
      roleKeys: actor.roleKeys ?? [],
      isSystem: actor.kind === 'system',
    });
    if (reason) throw new Problem('RECORD_MOVE_REFUSED', { reason });
    await tx.run(
      sql`update record set state = ${input.to}, updated_at = ${new Date(now)}, version = version + 1 where id = ${input.id}::uuid`,
    );
    emit(
      'record.moved',
      'record',
      input.id,
      { kind: input.kind, from: row.state, to: input.to, note: input.note },
      audienceOf(row),
    );
    return input.id;
  },
});
