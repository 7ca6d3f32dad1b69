import { Id, Type, obj } from '#contracts/schema.ts';
import { userId } from '#kernel/actor.ts';
import { command } from '#kernel/command.ts';
import { Problem } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import { indexOf } from '../rules.ts';
import { lockArticle, textsOf, versionColumns } from '../store.ts';
import type { VersionRow } from '../store.ts';

/** Only the newest version can be put in force: whoever publishes has seen what was written last. */
export const publishArticle = command({
  name: 'knowledge.publish',
  permission: 'knowledge.write',
  input: obj({ id: Id, version: Type.Integer() }),
  run: async ({ tx, now, actor, emit, audit }, { id, version }) => {
    const row = await lockArticle(tx, id);
    if (row.version !== version)
      throw new Problem('STALE_VERSION', { expected: version, actual: row.version });
    if (row.state === 'published' && row.published === version) return;
    const said = await tx.one(
      sql<VersionRow>`select ${versionColumns} from article_version v where v.article_id = ${id}::uuid and v.version = ${version}`,
    );
    await tx.run(
      sql`update article set state = 'published', published = ${version}, title = ${said.title_zh}, audience = ${said.audience}, category = ${said.category}, review_by = ${said.review_by}::date, terms = ${indexOf(textsOf(said))}, updated_at = ${new Date(now)} where id = ${id}::uuid`,
    );
    await tx.run(
      sql`update article_version set published_at = ${new Date(now)}, published_by = ${userId(actor)}::uuid where article_id = ${id}::uuid and version = ${version}`,
    );
    emit('article.published', 'article', id, { version, audience: said.audience });
    audit('article', id, { title: said.title_zh });
  },
});
