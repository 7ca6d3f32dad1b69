import { Id, obj } from '#contracts/schema.ts';
import { command } from '#kernel/command.ts';
import { forgetWords } from '#kernel/forget.ts';
import { sql } from '#kernel/sql.ts';
import type { Tx } from '#kernel/sql.ts';
import { detachFiles } from '#modules/files/index.ts';
import { lockConversation } from '../store.ts';

/** The words of a thread go, and its files; that something was written, when and by which side, stays. */
export const forgetThread = async (tx: Tx, threadId: string): Promise<void> => {
  await detachFiles(tx, threadId);
  await tx.later(
    sql`update message set body = '', html = null, author_name = '', external_id = null, client_id = null, delivery_error = null where thread_id = ${threadId}::uuid`,
  );
  await tx.later(sql`update thread set last_message = '' where id = ${threadId}::uuid`);
  await tx.later(sql`delete from read_mark where thread_id = ${threadId}::uuid`);
  await forgetWords(tx, [threadId]);
};

/** SD1-37: leaves a tombstone of a contact. Whether its time has come is asked by `retention`, the only one who sends this. */
export const purgeConversation = command({
  name: 'conversations.purge',
  permission: 'retention.manage',
  input: obj({ id: Id }),
  run: async ({ tx, now, emit, audit }, { id }) => {
    const row = await lockConversation(tx, id);
    await forgetThread(tx, id);
    await tx.run(
      sql`update conversation set customer_name = '', customer_id = null, visitor_id = null, subject = '', page_url = null, summary = null, contact_known = false, purged_at = ${new Date(now)}, version = version + 1 where id = ${id}::uuid`,
    );
    emit('conversation.purged', 'conversation', id, {}, { channelId: row.channel_id });
    audit('conversation', id, { openedAt: new Date(row.opened_at).toISOString() });
  },
});
