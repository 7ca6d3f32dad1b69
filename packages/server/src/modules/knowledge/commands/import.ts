import { ArticleLine } from '#contracts/routes/knowledge.ts';
import type { ArticlesImported } from '#contracts/routes/knowledge.ts';
import { Type, obj, opt } from '#contracts/schema.ts';
import type { Static } from '#contracts/schema.ts';
import { labels } from '#contracts/words.ts';
import { command } from '#kernel/command.ts';
import type { Context } from '#kernel/command.ts';
import { checkerOf } from '#kernel/http.ts';
import { Problem } from '#kernel/problem.ts';
import { Rehearsed, mostRows, refusedRow } from '#kernel/sheet.ts';
import { sql } from '#kernel/sql.ts';
import { lockArticle, versionColumns } from '../store.ts';
import type { VersionRow } from '../store.ts';
import { publishArticle } from './publish.ts';
import { writeArticle } from './write.ts';

type Line = Static<typeof ArticleLine>;
const check = checkerOf(ArticleLine);

/** The text of JSON lines; refuses another form (UNSUPPORTED_TYPE). */
export const linesOf = (body: unknown): string => {
  if (typeof body !== 'string') throw new Problem('UNSUPPORTED_TYPE', { expected: 'application/x-ndjson' });
  return body;
};

const lineOf = (text: string): Line => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Problem('VALIDATION', {}, [
      {
        pointer: '/line',
        code: 'INVALID',
        message: {
          zh: '不是有效的 JSON；每行应是一个完整的对象',
          en: 'not valid JSON; each line is one whole object',
        },
      },
    ]);
  }
  check(value);
  return value as Line;
};

const keep = async (context: Context, line: Line): Promise<'created' | 'changed' | 'unchanged'> => {
  const { tx, send } = context;
  const tags = [...new Set((line.tags ?? []).map((word) => word.trim()).filter(Boolean))];
  const write = async (base: object, said?: VersionRow) => {
    const { id, version } = await send(writeArticle, {
      ...base,
      // Words of another text would not be its translation any more.
      title: { zh: line.title, en: said?.title_zh === line.title ? said.title_en : '' },
      body: { zh: line.body, en: said?.body_zh === line.body ? said.body_en : '' },
      keywords: line.tags || !said ? tags : said.keywords,
      category: said?.category ?? null,
      audience: line.visibility,
      reviewBy: said?.review_by ?? null,
      note: '导入',
    });
    await send(publishArticle, { id, version });
  };
  const known = await tx.maybe(sql<{ id: string }>`select id from article where key = ${line.key}`);
  if (!known) {
    await write({ key: line.key });
    return 'created';
  }
  const row = await lockArticle(tx, known.id);
  // Somebody took it out of use, with a reason; only somebody brings it back.
  if (row.state === 'retired')
    throw new Problem('ARTICLE_STATE', {
      state: labels.versionState!.retired!,
      action: {
        zh: '用导入恢复；需要时先在知识库重新发布它',
        en: 'bring it back by an import: publish it again first',
      },
    });
  const said = await tx.one(
    sql<VersionRow>`select ${versionColumns} from article_version v where v.article_id = ${row.id}::uuid and v.version = ${row.version}`,
  );
  const same =
    said.title_zh === line.title &&
    said.body_zh === line.body &&
    said.audience === line.visibility &&
    (!line.tags || said.keywords.join('\n') === tags.join('\n'));
  if (same && row.published === row.version) return 'unchanged';
  if (same) await send(publishArticle, { id: row.id, version: row.version });
  else await write({ id: row.id, base: row.version }, said);
  return 'changed';
};

const fields: Record<string, { zh: string; en: string }> = {
  line: { zh: '整行', en: 'the line' },
  key: { zh: '编号 key', en: 'key' },
  title: { zh: '标题 title', en: 'title' },
  body: { zh: '正文 body', en: 'body' },
  visibility: { zh: '可见范围 visibility', en: 'visibility' },
  tags: { zh: '关键词 tags', en: 'tags' },
};

/** JSON lines, in one transaction. A line that was refused leaves nothing behind and the others are kept; with `dryRun` nothing is. */
export const importArticles = command({
  name: 'knowledge.import',
  permission: 'knowledge.write',
  input: obj({ lines: Type.String(), dryRun: opt(Type.Boolean()) }),
  run: async (context, { lines, dryRun }) => {
    const rows = lines
      .replace(/^\uFEFF/, '')
      .split(/\r?\n/)
      .map((text, i) => ({ text, line: i + 1 }))
      .filter(({ text }) => text.trim() !== '');
    if (rows.length > mostRows)
      throw new Problem('TOO_LARGE', { limit: { zh: `${mostRows} 行`, en: `${mostRows} lines` } });
    const answer: ArticlesImported = { created: 0, changed: 0, unchanged: 0, refused: [] };
    for (const { text, line } of rows)
      try {
        answer[await keep(context, lineOf(text))] += 1;
      } catch (error) {
        // A refusal comes before anything of the line is written; any other error ends the whole import.
        if (!(error instanceof Problem)) throw error;
        answer.refused.push(refusedRow(line, error, (pointer) => fields[pointer.split('/')[1] ?? '']));
      }
    if (dryRun) throw new Rehearsed(answer);
    const { refused, ...kept } = answer;
    context.audit('user', context.actor.id, { ...kept, refused: refused.length });
    return answer;
  },
});
