import { obj, opt, Id, text } from '#contracts/schema.ts';
import { command } from '#kernel/command.ts';
import { sql } from '#kernel/sql.ts';
import { settingCached } from '#modules/settings/index.ts';
import { demand } from '../rules.ts';
import { audienceOf, lockTicket } from '../store.ts';
import { openTicket } from './open.ts';

/**
 * 开新单并关联: what is over cannot be opened again (the reopen days have passed, or it is archived), so the matter
 * goes on in a new ticket of the same customer and category. Both name each other. `conversationId` is the contact in
 * which the customer came back; its later messages are the new ticket's.
 */
export const followUpTicket = command({
  name: 'tickets.follow-up',
  permission: 'ticket.create',
  input: obj({ id: Id, subject: opt(text(200, 1)), description: text(20_000, 1), conversationId: opt(Id) }),
  run: async (context, { id, subject, description, conversationId }) => {
    const { tx, now, actor, emit, audit, send, centre } = context;
    const row = await lockTicket(tx, actor, id, null);
    if (row.status !== 'archived') demand('followUp', row.status);
    // Both may have been taken off the lists since; the matter has to be classified anew then.
    const { nodes } = await settingCached(centre.db, 'categories', now);
    const { items } = await settingCached(centre.db, 'products', now);
    const known = nodes.some(({ key, enabled }) => key === row.category && enabled !== false);
    const opened = await send(openTicket, {
      customerId: row.customer_id,
      conversationId,
      channel: row.channel,
      channelId: row.channel_id ?? undefined,
      category: known ? row.category : 'other',
      classified: known,
      urgency: row.urgency,
      impact: row.impact,
      product: items.find(({ key, enabled }) => key === row.product && enabled !== false)?.key,
      groupId: known ? (row.group_id ?? undefined) : undefined,
      subject: subject ?? row.subject,
      description: `${description}\n\n（接续已结束的工单 ${row.number}）`,
    });
    await tx.run(
      sql`insert into ticket_link (ticket_id, other_id, relation) values (${id}::uuid, ${opened.id}::uuid, 'continued_by'), (${opened.id}::uuid, ${id}::uuid, 'continues') on conflict do nothing`,
    );
    const fresh = { ...audienceOf(row), userIds: [] };
    emit('ticket.linked', 'ticket', id, { otherId: opened.id, relation: 'continued_by' }, audienceOf(row));
    emit('ticket.linked', 'ticket', opened.id, { otherId: id, relation: 'continues' }, fresh);
    audit('ticket', id, { continuedBy: opened.number });
    return opened.id;
  },
});
