import { obj, Id, nullable, oneOf } from '#contracts/schema.ts';
import { conversationIntents, labels } from '#contracts/words.ts';
import type { ConversationIntent } from '#contracts/words.ts';
import { command } from '#kernel/command.ts';
import type { Context } from '#kernel/command.ts';
import { Problem } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import { audienceOf, lockConversation } from '../store.ts';
import type { ConversationRow } from '../store.ts';
import { demandServe } from './serve.ts';

/** Puts the tag on; the answer is owed from the oldest message that waits, and from none when all are answered. */
export const setIntent = async (
  { tx, emit }: Context,
  row: ConversationRow,
  intent: ConversationIntent | null,
  automatic?: true,
): Promise<void> => {
  await tx.run(
    sql`update conversation set intent = ${intent}, query_since = case when ${intent}::text is null then null else coalesce(query_since, waiting_since) end, version = version + 1 where id = ${row.id}::uuid`,
  );
  emit(
    'conversation.queried',
    'conversation',
    row.id,
    { intent, ...(automatic ? { automatic } : {}) },
    audienceOf(row),
  );
};

/** 标为查订单 by hand, or takes the tag away: a wrong tag owes nothing. */
export const tag = command({
  name: 'conversations.tag',
  permission: 'conversation.serve',
  input: obj({ id: Id, intent: nullable(oneOf(conversationIntents)) }),
  run: async (context, { id, intent }) => {
    const row = await lockConversation(context.tx, id);
    demandServe(context.actor, row);
    if (row.state === 'closed')
      throw new Problem('CONVERSATION_STATE', {
        state: labels.conversationState![row.state],
        action: { zh: '标为查订单', en: 'tag it' },
      });
    // Tagged again: what is asked now, after an answer, is owed anew.
    if (row.intent === intent && (intent === null || row.query_since !== null)) return id;
    await setIntent(context, row, intent);
    context.audit('conversation', id, { intent, before: row.intent });
    return id;
  },
});
