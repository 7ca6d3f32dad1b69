import { articleContent } from '#contracts/routes/knowledge.ts';
import { Id, Type, obj, opt, text } from '#contracts/schema.ts';
import { userId } from '#kernel/actor.ts';
import { command } from '#kernel/command.ts';
import { Problem, faulty } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import { listedIn, setting } from '#modules/settings/index.ts';
import { lockArticle } from '../store.ts';

/** Every saving is a version of its own, a draft until it is published: nothing written is ever lost. */
export const writeArticle = command({
  name: 'knowledge.write',
  permission: 'knowledge.write',
  input: obj({
    /** None: a new article. */
    id: opt(Id),
    /** Of a new article; its id without. */
    key: opt(Type.String()),
    base: opt(Type.Integer()),
    ...articleContent,
    note: text(300),
  }),
  run: async (
    { tx, now, actor, newId, emit, audit },
    { id: known, key, base, title, body, note, ...rest },
  ) => {
    const { category, audience, reviewBy } = rest;
    for (const [pointer, words] of [
      ['/title/zh', title.zh],
      ['/body/zh', body.zh],
    ] as const)
      if (!words.trim()) throw faulty(pointer, 'REQUIRED');
    if (category && !(await setting(tx, 'categories')).nodes.some((node) => node.key === category))
      throw new Problem('CATEGORY_UNKNOWN', { category }, [
        { pointer: '/category', code: 'NOT_LISTED', values: { allowed: listedIn.categories } },
      ]);
    if (!known && key !== undefined) {
      const taken = await tx.maybe(sql<{ title: string }>`select title from article where key = ${key}`);
      if (taken) throw new Problem('ARTICLE_KEY_TAKEN', { key, title: taken.title });
    }
    const row = known ? await lockArticle(tx, known) : undefined;
    if (row && row.version !== base)
      throw new Problem('STALE_VERSION', { expected: base ?? 0, actual: row.version });
    const id = row?.id ?? newId();
    const version = (row?.version ?? 0) + 1;
    const keywords = [...new Set(rest.keywords.map((word) => word.trim()).filter(Boolean))];
    if (!row)
      await tx.run(
        sql`insert into article (id, key, version, title, audience, category, review_by, updated_at) values (${id}::uuid, ${key ?? id}, 1, ${title.zh}, ${audience}, ${category}, ${reviewBy}::date, ${new Date(now)})`,
      );
    else if (row.published === null)
      await tx.run(
        sql`update article set version = ${version}, title = ${title.zh}, audience = ${audience}, category = ${category}, review_by = ${reviewBy}::date, updated_at = ${new Date(now)} where id = ${id}::uuid`,
      );
    // What is in force stays as it is, and where it is in the list, until the new version is published.
    else await tx.run(sql`update article set version = ${version} where id = ${id}::uuid`);
    await tx.run(
      sql`insert into article_version (article_id, version, title_zh, title_en, body_zh, body_en, keywords, category, audience, review_by, note, author_id, created_at) values (${id}::uuid, ${version}, ${title.zh}, ${title.en}, ${body.zh}, ${body.en}, ${keywords}, ${category}, ${audience}, ${reviewBy}::date, ${note}, ${userId(actor)}::uuid, ${new Date(now)})`,
    );
    emit('article.written', 'article', id, { version });
    audit('article', id, { title: title.zh, note });
    return { id, version };
  },
});
