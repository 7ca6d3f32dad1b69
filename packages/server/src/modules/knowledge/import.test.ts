/** Knowledge from outside: JSON lines once by key, and the ranked search of programs. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Actor } from '#kernel/actor.ts';
import { sql } from '#kernel/sql.ts';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import { publishArticle, retireArticle, writeArticle } from './index.ts';

let world: World;
let writer: Actor;
let base = '';
const headers: Record<string, Record<string, string>> = {};
before(async () => {
  world = await newWorld();
  writer = await world.person('product', { groups: ['consult'], name: '吴敏' });
  base = `${(await world.listen()).base}/api/v1`;
  const agent = await world.person('agent', { groups: ['consult'], name: '李思' });
  for (const [name, actor] of [
    ['agent', agent],
    ['writer', writer],
  ] as const)
    headers[name] = { authorization: `Bearer ${await world.token(actor)}` };
});
after(() => world.end());

const content = (zh: string, body: string, more: object = {}) => ({
  title: { zh, en: '' },
  body: { zh: body, en: '' },
  keywords: [] as string[],
  category: null,
  audience: 'public' as const,
  reviewBy: null,
  note: '',
  ...more,
});
type Answer = { status: number; body: Record<string, unknown> };
const get = async (path: string, who?: 'agent' | 'writer'): Promise<Answer> => {
  const response = await fetch(`${base}${path}`, { headers: who ? headers[who]! : {} });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
const write = async (method: string, path: string, body: unknown, who: 'agent' | 'writer') => {
  const response = await fetch(`${base}${path}`, {
    method,
    headers: { ...headers[who]!, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
const lines = async (text: string, who: 'agent' | 'writer' = 'writer', type = 'application/x-ndjson') => {
  const response = await fetch(`${base}/articles/import`, {
    method: 'POST',
    headers: { ...headers[who]!, 'content-type': type },
    body: text,
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
const rehearsed = async (text: string) => {
  const response = await fetch(`${base}/articles/import?dryRun=true`, {
    method: 'POST',
    headers: { ...headers.writer!, 'content-type': 'application/x-ndjson' },
    body: text,
  });
  return (await response.json()) as Record<string, unknown>;
};
const line = (key: string, title: string, body: string, more: object = {}) =>
  JSON.stringify({ key, title, body, visibility: 'public', tags: ['导热油'], ...more });

test('JSON lines are imported once by key: new, changed, unchanged; a wrong line is told by line and field', async () => {
  const file = [
    line('faq-1', '导热油多久更换', '每两年更换一次导热油。'),
    '',
    line('faq-2', '导热油泄漏', '立即断电，联系售后。', { visibility: 'internal' }),
    '{"key":"faq-3"',
    line('faq-4', '多余', '多余', { colour: 'red' }),
    line('faq-5', '', '没有标题'),
    line('faq-6', '谁都能看', '不行', { visibility: 'everyone' }),
  ].join('\n');
  const first = await lines(file);
  assert.equal(first.status, 200);
  const { refused, ...kept } = first.body as { refused: { line: number; zh: string; en: string }[] };
  assert.deepEqual(kept, { created: 2, changed: 0, unchanged: 0 });
  assert.deepEqual(
    refused.map(({ line: at }) => at),
    [4, 5, 6, 7],
  );
  assert.match(refused[0]!.zh, /JSON/);
  assert.match(refused[1]!.zh, /colour：未知字段/);
  assert.equal(refused[2]!.zh, '标题 title：必填');
  assert.match(refused[3]!.en, /^visibility: not one of: internal, public/);
  const again = await lines(
    [
      line('faq-1', '导热油多久更换', '每三年更换一次导热油。'),
      line('faq-2', '导热油泄漏', '立即断电，联系售后。', { visibility: 'internal' }),
    ].join('\r\n'),
  );
  assert.deepEqual(again.body, { created: 0, changed: 1, unchanged: 1, refused: [] });
  const [found] = (await get(`/articles/search?q=${encodeURIComponent('导热油多久更换')}`, 'agent')).body
    .items as { id: string; version: number; snippet: string }[];
  assert.equal(found!.version, 2);
  assert.match(found!.snippet, /每三年/);
  const { body: versions } = await get(`/articles/${found!.id}/versions`, 'agent');
  assert.equal((versions.items as unknown[]).length, 2, 'the earlier words stay');
  const audited = await world.db.all(
    sql<{
      created: number;
      refused: number;
    }>`select (one -> 'data' ->> 'created')::int as created, (one -> 'data' ->> 'refused')::int as refused from audit, jsonb_array_elements(body::jsonb -> 'also') one where one ->> 'action' = 'knowledge.import' order by 1 desc`,
  );
  assert.deepEqual(audited, [
    { created: 2, refused: 4 },
    { created: 0, refused: 0 },
  ]);
});

test('an import keeps what the desk added, drops a translation of other words, and brings nothing retired back', async () => {
  await lines(line('pump-1', '水泵异响', '检查进水阀。'));
  const [{ id }] = (await get(`/articles/search?q=${encodeURIComponent('水泵异响')}`, 'agent')).body
    .items as [{ id: string }];
  const desk = content('水泵异响', '检查进水阀。', {
    title: { zh: '水泵异响', en: 'Noisy pump' },
    body: { zh: '检查进水阀。', en: 'Check the valve.' },
    keywords: ['导热油'],
    category: 'tech.fault',
  });
  await world.does(writer, writeArticle, { ...desk, id, base: 1 });
  await world.does(writer, publishArticle, { id, version: 2 });
  assert.equal((await lines(line('pump-1', '水泵异响', '检查进水阀。'))).body.unchanged, 1);
  assert.equal((await lines(line('pump-1', '水泵异响', '先断电，再检查进水阀。'))).body.changed, 1);
  const { body: now } = await get(`/articles/${id}`, 'agent');
  assert.deepEqual(
    [now.key, now.version, now.category, now.title, now.body],
    [
      'pump-1',
      3,
      'tech.fault',
      { zh: '水泵异响', en: 'Noisy pump' },
      { zh: '先断电，再检查进水阀。', en: '' },
    ],
  );
  await world.does(writer, retireArticle, { id, reason: '停产' });
  const back = await lines(line('pump-1', '水泵异响', '另一种说法'));
  assert.equal(back.body.changed, 0);
  assert.match((back.body.refused as { zh: string }[])[0]!.zh, /已废止/);
});

test('an import needs the right to write, JSON lines, and a size that one transaction holds', async () => {
  assert.equal((await lines(line('x', 'x', 'x'), 'agent')).status, 403);
  const wrong = await lines(line('x', 'x', 'x'), 'writer', 'application/json');
  assert.equal(wrong.status, 415);
  assert.match(String(wrong.body.detail), /application\/x-ndjson/);
  const other = await lines(line('x', 'x', 'x'), 'writer', 'text/csv');
  assert.match(String(other.body.detail), /application\/x-ndjson/);
  const many = await lines(Array.from({ length: 5001 }, () => '{}').join('\n'));
  assert.equal(many.status, 413);
  const taken = await write('POST', '/articles', { key: 'faq-1', ...content('重复', '重复') }, 'writer');
  assert.equal(taken.status, 409);
  assert.equal(taken.body.code, 'ARTICLE_KEY_TAKEN');
});

test('GET /articles/search ranks {key,title,snippet,score}; for customers only what they may read', async () => {
  await lines(
    [
      line('oven-1', '烤箱预热', '预热十分钟。', { tags: [] }),
      line('oven-2', '烤箱保养', '每月清洁，预热前取出托盘。', { tags: [] }),
      line('oven-3', '烤箱返厂价', '预热故障返厂，报价见内部表。', { tags: [], visibility: 'internal' }),
    ].join('\n'),
  );
  const keys = async (query: string) => {
    const { body } = await get(`/articles/search?${query}`, 'agent');
    return body.items as { key: string; title: string; snippet: string; score: number }[];
  };
  const q = encodeURIComponent('烤箱 预热');
  const all = await keys(`q=${q}&audience=internal`);
  assert.equal(all[0]!.key, 'oven-1');
  assert.deepEqual(new Set(all.map(({ key }) => key)), new Set(['oven-1', 'oven-2', 'oven-3']));
  assert.ok(all.every(({ score }, i) => i === 0 || score <= all[i - 1]!.score));
  assert.deepEqual([all[0]!.title, all[0]!.snippet], ['烤箱预热', '预热十分钟。']);
  assert.deepEqual(
    (await keys(`q=${q}&audience=public`)).map(({ key }) => key),
    ['oven-1', 'oven-2'],
  );
  assert.equal((await keys(`q=${q}&limit=1`)).length, 1);
  assert.equal((await get('/articles/search', 'agent')).status, 422);
});

test('a rehearsal tells what an import would do, line by line, and keeps nothing', async () => {
  const { articles } = await world.db.one(
    sql<{ articles: number }>`select count(*)::int as articles from article`,
  );
  const file = [
    line('trial-1', '试算一', '只是看看。'),
    line('trial-2', '', '没有标题'),
    line('trial-1', '试算一', '同一个编号再来一次。'),
  ].join('\n');
  const would = (await rehearsed(file)) as { refused: { line: number }[] };
  assert.deepEqual(
    [would, would.refused.map(({ line: at }) => at)],
    [{ created: 1, changed: 1, unchanged: 0, refused: would.refused }, [2]],
  );
  const { left } = await world.db.one(sql<{ left: number }>`select count(*)::int as left from article`);
  assert.equal(left, articles);
  const kept = await lines(file);
  assert.deepEqual(kept.body, would);
  assert.deepEqual(await rehearsed(file), { created: 0, changed: 2, unchanged: 0, refused: would.refused });
});
