/** SD3f-02: a message answers from a version of an article. Written with the message, by whoever writes it. */
import { permit } from '#kernel/actor.ts';
import type { Context } from '#kernel/command.ts';
import { Problem, notFound } from '#kernel/problem.ts';
import { json, sql } from '#kernel/sql.ts';

export type Cited = { articleId: string; version: number };

/**
 * Refuses what nobody could have read (a draft), and what is for colleagues only in words to a customer. An article
 * that was retired or changed since it was inserted is cited as it was.
 */
export const cite = async (
  { tx, actor }: Context,
  messageId: string,
  visibility: string,
  cited: readonly Cited[],
): Promise<void> => {
  permit(actor, 'knowledge.read');
  const rows = await tx.all(
    sql<{ article_id: string; version: number; title: string; internal: boolean }>`
      select v.article_id, v.version, v.title_zh as title, v.audience = 'internal' or a.audience = 'internal' as internal
      from jsonb_to_recordset(${json(cited)}::jsonb) as c("articleId" uuid, version int) join article_version v on v.article_id = c."articleId" and v.version = c.version join article a on a.id = v.article_id
      where v.published_at is not null group by 1, 2, 3, 4`,
  );
  if (rows.length < new Set(cited.map(({ articleId, version }) => `${articleId}@${version}`)).size)
    throw notFound();
  const secret = visibility === 'internal' ? undefined : rows.find(({ internal }) => internal);
  if (secret)
    throw new Problem('ARTICLE_INTERNAL', { title: secret.title }, [
      { pointer: '/citations', code: 'INVALID' },
    ]);
  await tx.run(
    sql`insert into article_citation (message_id, article_id, version) select ${messageId}::uuid, r.article_id, r.version from jsonb_to_recordset(${json(rows)}::jsonb) as r(article_id uuid, version int)`,
  );
};

/** An expression: what the message of that id cites, as the API shows it. */
export const citationsOf = (message: string): string =>
  `coalesce((select json_agg(json_build_object('articleId', ac.article_id, 'version', ac.version, 'title', json_build_object('zh', av.title_zh, 'en', av.title_en)) order by ac.article_id, ac.version) from article_citation ac join article_version av on av.article_id = ac.article_id and av.version = ac.version where ac.message_id = ${message}), '[]')`;
