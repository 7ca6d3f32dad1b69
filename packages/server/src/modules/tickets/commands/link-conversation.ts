import { Id, obj } from '#contracts/schema.ts';
import { command } from '#kernel/command.ts';
import { sql } from '#kernel/sql.ts';
import { identify, lockReadable } from '#modules/conversations/index.ts';
import { demand } from '../rules.ts';
import { audienceOf, lockTicket } from '../store.ts';

/**
 * A contact turns out to be about a ticket that is there already: its messages become part of the ticket's story, and
 * a visitor without a name is the ticket's customer from now on. Both must be the reader's; linking again is no change.
 */
export const linkConversation = command({
  name: 'tickets.link-conversation',
  permission: 'ticket.create',
  input: obj({ id: Id, conversationId: Id }),
  run: async (context, { id, conversationId }) => {
    const { tx, now, actor, emit, audit } = context;
    const conversation = await lockReadable(tx, actor, conversationId);
    const row = await lockTicket(tx, actor, id, null);
    demand('link', row.status);
    const linked = await tx.run(
      sql`insert into ticket_conversation (ticket_id, conversation_id) values (${id}::uuid, ${conversationId}::uuid) on conflict do nothing`,
    );
    if (linked === 0) return id;
    if (!conversation.customer_id)
      await context.send(identify, {
        id: conversationId,
        customerId: row.customer_id,
        name: row.customer_name,
        level: row.customer_level,
      });
    await tx.run(
      sql`update ticket set updated_at = ${new Date(now)}, version = version + 1 where id = ${id}::uuid`,
    );
    emit('ticket.conversation_linked', 'ticket', id, { conversationId }, audienceOf(row));
    audit('ticket', id, { conversationId });
    return id;
  },
});
