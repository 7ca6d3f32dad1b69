/** Tickets among each other: merge and its undo, split, links. */
import { Type, obj, opt, Id, text, oneOf } from '#contracts/schema.ts';
import { command } from '#kernel/command.ts';
import { notFound, Problem } from '#kernel/problem.ts';
import { json, sql } from '#kernel/sql.ts';
import { demand } from '../rules.ts';
import { audienceOf, lockTicket } from '../store.ts';
import type { TicketRow } from '../store.ts';
import { openTicket } from './open.ts';

/** Joins a ticket of the same customer into this one; its conversations move over, its own state is kept for the undo. */
export const mergeTicket = command({
  name: 'tickets.merge',
  permission: 'ticket.work',
  input: obj({ id: Id, fromId: Id, reason: text(1000) }),
  run: async (context, { id, fromId, reason }) => {
    const { tx, now, actor, emit, audit } = context;
    const rows = new Map<string, TicketRow>();
    for (const one of [id, fromId].toSorted()) rows.set(one, await lockTicket(tx, actor, one, 'ticket.work'));
    const [into, from] = [rows.get(id)!, rows.get(fromId)!];
    if (id === fromId || into.customer_id !== from.customer_id)
      throw new Problem('CONFLICT', {
        reason: {
          zh: '只能合并同一客户的两张不同工单',
          en: 'Only two different tickets of one customer can be merged',
        },
      });
    demand('merge', into.status);
    demand('merge', from.status);
    const moved = await tx.all(
      sql<{
        conversation_id: string;
      }>`select conversation_id from ticket_conversation where ticket_id = ${fromId}::uuid except select conversation_id from ticket_conversation where ticket_id = ${id}::uuid`,
    );
    await tx.run(
      sql`insert into ticket_conversation (ticket_id, conversation_id) select ${id}::uuid, conversation_id from ticket_conversation where ticket_id = ${fromId}::uuid on conflict do nothing`,
    );
    await tx.run(
      sql`update ticket set status = 'cancelled', close_reason = 'merged', close_note = ${reason}, closed_at = ${new Date(now)}, merged_into = ${id}::uuid, merge_undo = ${json({ status: from.status, conversations: moved.map(({ conversation_id }) => conversation_id) })}::jsonb, updated_at = ${new Date(now)}, version = version + 1 where id = ${fromId}::uuid`,
    );
    emit('ticket.merged', 'ticket', id, { fromId }, audienceOf(into));
    emit('ticket.cancelled', 'ticket', fromId, { reason: `并入 ${into.number}` }, audienceOf(from));
    audit('ticket', id, { fromId, reason });
    return id;
  },
});

export const unmergeTicket = command({
  name: 'tickets.unmerge',
  permission: 'ticket.work',
  input: obj({ id: Id, fromId: Id }),
  run: async (context, { id, fromId }) => {
    const { tx, now, actor, emit, audit } = context;
    const into = await lockTicket(tx, actor, id, 'ticket.work');
    const from = await tx.maybe(
      sql<
        TicketRow & { merge_undo: { status: string; conversations: string[] } | null }
      >`select * from ticket where id = ${fromId}::uuid for update`,
    );
    if (!from) throw notFound();
    if (from.merged_into !== id || !from.merge_undo)
      throw new Problem('CONFLICT', {
        reason: { zh: '这两张工单没有合并', en: 'These tickets are not merged' },
      });
    await tx.run(
      sql`delete from ticket_conversation where ticket_id = ${id}::uuid and conversation_id = any(${from.merge_undo.conversations}::uuid[])`,
    );
    await tx.run(
      sql`update ticket set status = ${from.merge_undo.status}, close_reason = null, close_note = null, closed_at = null, merged_into = null, merge_undo = null, updated_at = ${new Date(now)}, version = version + 1 where id = ${fromId}::uuid`,
    );
    emit('ticket.unmerged', 'ticket', id, { fromId }, audienceOf(into));
    emit(
      'ticket.reopened',
      'ticket',
      fromId,
      { reason: `撤销并入 ${into.number}`, count: from.reopened_count },
      audienceOf(from),
    );
    audit('ticket', id, { fromId });
    return id;
  },
});

/** One message becomes a ticket of its own, linked back. */
export const splitTicket = command({
  name: 'tickets.split',
  permission: 'ticket.work',
  input: obj({ id: Id, messageId: Id, subject: text(200, 1), category: opt(text(80)) }),
  run: async (context, { id, messageId, subject, category }) => {
    const { tx, actor, emit, send } = context;
    const row = await lockTicket(tx, actor, id, 'ticket.work');
    const message = await tx.maybe(
      sql<{
        body: string;
      }>`select m.body from message m where m.id = ${messageId}::uuid and (m.thread_id = ${id}::uuid or m.thread_id in (select conversation_id from ticket_conversation where ticket_id = ${id}::uuid))`,
    );
    if (!message) throw notFound();
    const opened = await send(openTicket, {
      customerId: row.customer_id,
      channel: row.channel,
      category: category ?? row.category,
      urgency: row.urgency,
      impact: row.impact,
      subject,
      description: message.body.slice(0, 20_000),
    });
    await tx.run(
      sql`insert into ticket_link (ticket_id, other_id, relation) values (${id}::uuid, ${opened.id}::uuid, 'related'), (${opened.id}::uuid, ${id}::uuid, 'related') on conflict do nothing`,
    );
    emit('ticket.split', 'ticket', id, { newId: opened.id }, audienceOf(row));
    return opened.id;
  },
});

const opposite = {
  related: 'related',
  parent: 'child',
  child: 'parent',
  original_complaint: 'related',
} as const;

export const linkTicket = command({
  name: 'tickets.link',
  permission: 'ticket.work',
  input: obj({
    id: Id,
    otherId: Id,
    relation: oneOf(['related', 'parent', 'child', 'original_complaint'] as const),
    remove: opt(Type.Boolean()),
  }),
  run: async (context, { id, otherId, relation, remove }) => {
    const { tx, actor, emit } = context;
    if (id === otherId)
      throw new Problem('CONFLICT', {
        reason: { zh: '不能与自己关联', en: 'A ticket cannot be linked to itself' },
      });
    const row = await lockTicket(tx, actor, id, 'ticket.work');
    const other = await lockTicket(tx, actor, otherId, null);
    if (remove) {
      await tx.run(
        sql`delete from ticket_link where (ticket_id = ${id}::uuid and other_id = ${otherId}::uuid) or (ticket_id = ${otherId}::uuid and other_id = ${id}::uuid)`,
      );
      await tx.run(
        sql`update ticket set parent_id = null where (id = ${id}::uuid and parent_id = ${otherId}::uuid) or (id = ${otherId}::uuid and parent_id = ${id}::uuid)`,
      );
    } else {
      await tx.run(
        sql`insert into ticket_link (ticket_id, other_id, relation) values (${id}::uuid, ${otherId}::uuid, ${relation}), (${otherId}::uuid, ${id}::uuid, ${opposite[relation]}) on conflict do nothing`,
      );
      if (relation === 'parent')
        await tx.run(sql`update ticket set parent_id = ${otherId}::uuid where id = ${id}::uuid`);
      if (relation === 'child')
        await tx.run(sql`update ticket set parent_id = ${id}::uuid where id = ${otherId}::uuid`);
    }
    emit('ticket.linked', 'ticket', id, { otherId, relation }, audienceOf(row));
    emit(
      'ticket.linked',
      'ticket',
      otherId,
      { otherId: id, relation: opposite[relation] },
      audienceOf(other),
    );
    return id;
  },
});
