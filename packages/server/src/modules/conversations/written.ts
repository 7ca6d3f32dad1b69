/** A letter of ours that nobody asked for: a talk that begins with our words and waits for no answer of ours. */
import type { Context } from '#kernel/command.ts';
import { sql } from '#kernel/sql.ts';
import { audienceOf } from './store.ts';
import type { ChannelRow, ConversationRow } from './store.ts';
import { openThread, post } from './threads.ts';

/** Opens it closed, so that it stands in the customer's story and no queue; their answer opens the next one. */
export const openLetter = async (
  context: Context,
  {
    channel,
    customer,
    subject,
    body,
    attachments,
  }: {
    channel: ChannelRow;
    customer: { id: string; name: string; level: string };
    subject: string;
    body: string;
    /** Files of the caller that nothing holds yet. */ attachments?: readonly string[];
  },
): Promise<{ threadId: string; messageId: string }> => {
  const { tx, now, newId, emit } = context;
  const id = newId();
  await openThread(tx, id, 'conversation');
  const row = await tx.one(sql<ConversationRow>`
    insert into conversation (id, state, channel_id, channel_kind, customer_id, customer_name, customer_level, contact_known, subject, group_id, opened_at, closed_at, close_reason)
    values (${id}::uuid, 'closed', ${channel.id}::uuid, ${channel.kind}, ${customer.id}::uuid, ${customer.name}, ${customer.level}, true, ${subject.slice(0, 120)}, ${channel.group_id}::uuid, ${new Date(now)}, ${new Date(now)}, 'system') returning *`);
  emit(
    'conversation.opened',
    'conversation',
    id,
    { channelId: channel.id, customerId: customer.id },
    audienceOf(row),
  );
  const { id: messageId } = await post(
    context,
    id,
    'conversation',
    {
      visibility: 'public',
      authorKind: 'system',
      authorName: channel.name,
      body,
      automatic: true,
      delivery: 'queued',
      attachments,
    },
    audienceOf(row),
  );
  return { threadId: id, messageId };
};
