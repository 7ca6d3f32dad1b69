import { Id, Type, obj } from '#contracts/schema.ts';
import { labels } from '#contracts/words.ts';
import { command } from '#kernel/command.ts';
import { Problem } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import { audienceOf, lockConversation } from '../store.ts';
import { demandServe } from './serve.ts';

/** 标记情绪激动 (SD3m-02), or takes the mark away. */
export const markUpset = command({
  name: 'conversations.mark-upset',
  permission: 'conversation.serve',
  input: obj({ id: Id, upset: Type.Boolean() }),
  run: async (context, { id, upset }) => {
    const { tx, now, actor, emit } = context;
    const row = await lockConversation(tx, id);
    demandServe(actor, row);
    if (row.state === 'closed')
      throw new Problem('CONVERSATION_STATE', {
        state: labels.conversationState![row.state],
        action: { zh: '标记情绪激动', en: 'mark the customer as angry' },
      });
    if ((row.upset_at !== null) === upset) return id;
    await tx.run(
      sql`update conversation set upset_at = ${upset ? new Date(now) : null}, version = version + 1 where id = ${id}::uuid`,
    );
    emit(upset ? 'conversation.upset' : 'conversation.calmed', 'conversation', id, {}, audienceOf(row));
    context.audit('conversation', id, { upset });
    return id;
  },
});
