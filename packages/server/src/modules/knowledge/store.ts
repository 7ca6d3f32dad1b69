/** SQL on articles and their versions. */
import type { Audience } from '#contracts/words.ts';
import { notFound } from '#kernel/problem.ts';
import { sql, unsafeText } from '#kernel/sql.ts';
import type { Tx } from '#kernel/sql.ts';
import type { Texts } from './rules.ts';

export type ArticleRow = {
  id: string;
  key: string;
  state: 'draft' | 'published' | 'retired';
  version: number;
  published: number | null;
  audience: Audience;
  updated_at: number;
};
export type VersionRow = {
  article_id: string;
  version: number;
  title_zh: string;
  title_en: string;
  body_zh: string;
  body_en: string;
  keywords: string[];
  category: string | null;
  audience: Audience;
  review_by: string | null;
  note: string;
  created_at: number;
  published_at: number | null;
};

export const lockArticle = async (tx: Tx, id: string): Promise<ArticleRow> => {
  const row = await tx.maybe(
    sql<ArticleRow>`select id, key, state, version, published, audience, updated_at from article where id = ${id}::uuid for update`,
  );
  if (!row) throw notFound();
  return row;
};

export const versionColumns = unsafeText(
  'v.article_id, v.version, v.title_zh, v.title_en, v.body_zh, v.body_en, v.keywords, v.category, v.audience, v.review_by, v.note, v.created_at, v.published_at',
);
/** Uses of the article `a`. */
export const usesOf = unsafeText('(select count(*)::int from article_citation c where c.article_id = a.id)');

export const textsOf = (row: VersionRow): Texts => ({
  title: `${row.title_zh}\n${row.title_en}`,
  keywords: row.keywords.join('\n'),
  body: `${row.body_zh}\n${row.body_en}`,
});
export const saidOf = (row: VersionRow) => ({
  title: { zh: row.title_zh, en: row.title_en },
  body: { zh: row.body_zh, en: row.body_en },
});
