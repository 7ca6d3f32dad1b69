import { Id, obj, text } from '#contracts/schema.ts';
import { labels } from '#contracts/words.ts';
import { command } from '#kernel/command.ts';
import { Problem } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import { lockArticle } from '../store.ts';

/** Nobody finds it any more; messages that cited it still show what they cited. */
export const retireArticle = command({
  name: 'knowledge.retire',
  permission: 'knowledge.write',
  input: obj({ id: Id, reason: text(300) }),
  run: async ({ tx, now, emit, audit }, { id, reason }) => {
    if (!reason.trim()) throw new Problem('REASON_REQUIRED', {}, [{ pointer: '/reason', code: 'REQUIRED' }]);
    const row = await lockArticle(tx, id);
    if (row.state === 'retired')
      throw new Problem('ARTICLE_STATE', {
        state: labels.versionState!.retired!,
        action: { zh: '再次停用', en: 'retire it again' },
      });
    await tx.run(
      sql`update article set state = 'retired', terms = '{}', updated_at = ${new Date(now)} where id = ${id}::uuid`,
    );
    emit('article.retired', 'article', id, { version: row.version });
    audit('article', id, { reason });
  },
});
