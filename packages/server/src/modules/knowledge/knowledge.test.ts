import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { mail, mailbox } from '#channels/email/testing/mails.ts';
import type { Actor } from '#kernel/actor.ts';
import { sql } from '#kernel/sql.ts';
import { accept, receive, say } from '#modules/conversations/index.ts';
import { channelByKey } from '#modules/conversations/index.ts';
import { openTicket, writeMessage } from '#modules/tickets/index.ts';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import { publishArticle, retireArticle, writeArticle } from './index.ts';

let world: World;
let agent: Actor;
let writer: Actor;
let base = '';
const headers: Record<string, Record<string, string>> = {};
const visitor: Actor = { kind: 'customer', id: 'v', name: '访客', grants: {}, groupIds: [], channelIds: [] };
before(async () => {
  world = await newWorld();
  agent = await world.person('agent', { groups: ['consult'], name: '李思' });
  writer = await world.person('product', { groups: ['consult'], name: '吴敏' });
  base = `${(await world.listen()).base}/api/v1`;
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
const published = async (zh: string, body: string, more: object = {}) => {
  const { id, version } = await world.does(writer, writeArticle, content(zh, body, more));
  await world.does(writer, publishArticle, { id, version });
  return id;
};
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
const titles = async (query: string, who: 'agent' | 'writer' = 'agent') => {
  const { body } = await get(`/articles?${query}`, who);
  return (body.items as { title: { zh: string } }[]).map(({ title }) => title.zh);
};
const chat = async (words: string) => {
  const channel = (await channelByKey(world.db, 'web'))!;
  const { conversationId } = await world.does(visitor, receive, { channelId: channel.id, body: words });
  await world.does(agent, accept, { id: conversationId, force: true });
  return conversationId;
};

test('SD2-28 a new centre opens with its five documents: hotline, chat, mail, training, questionnaire', async () => {
  const list = (await (await fetch(`${base}/articles?limit=50`, { headers: headers.agent })).json()) as {
    items: { id: string; title: string | { zh: string } }[];
  };
  const names = list.items.map(({ title }) => (typeof title === 'string' ? title : title.zh));
  for (const title of [
    '客服热线接线规范',
    '在线客服操作指南',
    '邮件回复模板',
    '沟通技巧培训手册',
    '客户满意度调查问卷',
  ]) {
    const at = names.indexOf(title);
    assert.ok(at >= 0, title);
    const answer = await fetch(`${base}/articles/${list.items[at]!.id}`, {
      headers: headers.agent,
    });
    const article = (await answer.json()) as { body: { zh: string; en: string } };
    assert.ok(article.body.zh.length > 150 && article.body.en.length > 150, title);
  }
});

test('SD3g-08 “认购 费率 机构” gives the article that holds all three first; AND narrows to it, OR and filters work', async () => {
  await published('基金认购指南', '认购期内每个交易日九点半到三点可以认购，认购当日起计息。', {
    keywords: ['认购', '认购期'],
    category: 'consult.guide',
  });
  await published('费率优惠公告', '网上交易享受费率四折优惠，详见费率表。', { keywords: ['费率'] });
  await published('机构客户开户', '机构客户请携带营业执照与授权书到柜台办理。', { keywords: ['机构'] });
  await published(
    '收费标准汇总',
    '个人投资者按金额分档。机构投资者的认购费率为 0.6%，一千万元以上每笔一千元；申购费率另行公告。',
    { category: 'consult.policy' },
  );
  const q = encodeURIComponent('认购 费率 机构');
  assert.equal((await titles(`q=${q}`))[0], '收费标准汇总');
  assert.deepEqual((await titles(`q=${q}`)).length, 4);
  assert.deepEqual(await titles(`q=${q}&match=all`), ['收费标准汇总']);
  assert.deepEqual(await titles(`q=${encodeURIComponent('认购|开户 机构')}&match=all`), [
    '机构客户开户',
    '收费标准汇总',
  ]);
  assert.deepEqual(await titles(`q=${q}&category=consult.guide`), ['基金认购指南']);
  assert.deepEqual(await titles(`q=${encodeURIComponent('航班')}`), []);
  const { body } = await get(`/articles?q=${q}`, 'agent');
  assert.deepEqual(body.words, ['认购', '费率', '机构']);
});

test('SD3f-02 an answer inserted from an article links the version it came from; its uses are counted, colleagues see it', async () => {
  const id = await published('脱水时异响怎么办', '请拆除机身背面的四颗运输螺栓。');
  const conversation = await chat('洗衣机脱水很响');
  const answered = await write(
    'POST',
    `/conversations/${conversation}/messages`,
    {
      visibility: 'public',
      body: '您好，请拆除机身背面的四颗运输螺栓。',
      citations: [{ articleId: id, version: 1 }],
    },
    'agent',
  );
  assert.equal(answered.status, 201);
  assert.deepEqual(answered.body.citations, [
    { articleId: id, version: 1, title: { zh: '脱水时异响怎么办', en: '' } },
  ]);
  const changed = await world.does(writer, writeArticle, {
    ...content('脱水时异响怎么办', '先断电，再拆除机身背面的四颗运输螺栓。', { note: '补充断电' }),
    id,
    base: 1,
  });
  // A draft changes nothing for those who answer, and nobody can answer from it.
  assert.equal((await get(`/articles/${id}`, 'agent')).body.version, 1);
  const drafted = await write(
    'POST',
    `/conversations/${conversation}/messages`,
    { visibility: 'public', body: '先断电', citations: [{ articleId: id, version: 2 }] },
    'agent',
  );
  assert.equal(drafted.status, 404);
  await world.does(writer, publishArticle, { id, version: changed.version });
  const { body } = await get(`/articles/${id}/versions`, 'agent');
  assert.deepEqual(
    (body.items as { version: number; used: number; note: string; authorName: string }[]).map(
      ({ version, used, note, authorName }) => [version, used, note, authorName],
    ),
    [
      [2, 0, '补充断电', '吴敏'],
      [1, 1, '', '吴敏'],
    ],
  );
  // What the message cites stays what was said then, although another version is in force.
  const { body: talk } = await get(`/conversations/${conversation}/messages`, 'agent');
  const cited = (talk.items as { citations: { version: number }[] }[]).flatMap(({ citations }) => citations);
  assert.deepEqual(
    cited.map(({ version }) => version),
    [1],
  );
  assert.equal((await get(`/articles/${id}`, 'agent')).body.used, 1);
});

test('SD2-05 chat, mail and portal answer from the same version of one article, and who calls later has the chat before them', async () => {
  const text = '保修自签收之日起六年，整机免人工费。';
  const id = await published('保修多久', text, { keywords: ['保修', '质保'] });
  const citations = [{ articleId: id, version: 1 }];
  // By chat: the page of the customer shows the words, and nothing of where they came from.
  const session = await (
    await fetch(`${base}/widget/web/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    })
  ).json();
  const asVisitor = {
    authorization: `Visitor ${(session as { token: string }).token}`,
    'content-type': 'application/json',
  };
  const opened = (await (
    await fetch(`${base}/widget/messages`, {
      method: 'POST',
      headers: asVisitor,
      body: JSON.stringify({
        body: '保修多久？',
        clientId: 'warranty-1',
        name: '张伟',
        phone: '13800001234',
      }),
    })
  ).json()) as { conversation: { id: string } };
  await world.centre.settle();
  await world.does(agent, accept, { id: opened.conversation.id, force: true });
  await world.does(agent, say, {
    id: opened.conversation.id,
    visibility: 'public',
    body: text,
    citations,
  });
  const page = await (await fetch(`${base}/widget/conversation`, { headers: asVisitor })).text();
  assert.ok(page.includes(text));
  assert.ok(!page.includes(id) && !page.includes('citations'));
  // By mail.
  const box = await mailbox(world);
  await box.bring(mail({}));
  const [ticket] = await box.tickets();
  await world.does(await world.person('supervisor'), writeMessage, {
    id: ticket!.id,
    visibility: 'public',
    body: text,
    citations,
  });
  const sent = await box.sent();
  assert.ok(
    sent.some((one) => JSON.stringify(one).includes(text)),
    'the same words leave by mail',
  );
  // By the portal, without anybody.
  const help = await get(`/portal/help/${id}`);
  assert.equal(help.body.version, 1);
  assert.equal((help.body.body as { zh: string }).zh, text);
  const uses = await world.db.all(
    sql<{ channel: string; version: number }>`
      select v.channel_kind as channel, c.version from article_citation c join message m on m.id = c.message_id join conversation v on v.id = m.thread_id where c.article_id = ${id}::uuid order by 1`,
  );
  assert.deepEqual(uses, [
    { channel: 'email', version: 1 },
    { channel: 'webchat', version: 1 },
  ]);
  // The customer of the chat calls: the number finds their card, and the chat stands in it.
  const { body: known } = await get('/customers?q=13800001234', 'agent');
  const [card] = known.items as { id: string }[];
  await world.does(agent, openTicket, {
    customerId: card!.id,
    channel: 'phone',
    category: 'consult',
    urgency: 'low',
    impact: 'single',
    subject: '再问保修',
    description: '再问保修',
  });
  const before = await get(`/conversations?view=all&customerId=${card!.id}`, 'agent');
  const [one] = before.body.items as { id: string }[];
  assert.equal(one?.id, opened.conversation.id);
  const said = await get(`/conversations/${one.id}/messages`, 'agent');
  assert.ok(JSON.stringify(said.body).includes(text));
});

test('an internal article never reaches a customer: not by the portal, not cited in words to them', async () => {
  const id = await published('赔付上限（内部）', '单笔赔付不超过五百元，超出请主管审批。', {
    audience: 'internal',
    keywords: ['赔付上限'],
  });
  const q = encodeURIComponent('赔付上限');
  assert.deepEqual(await titles(`q=${q}`), ['赔付上限（内部）']);
  assert.deepEqual((await get(`/portal/help?q=${q}`)).body.items, []);
  const all = await get('/portal/help');
  assert.ok(!JSON.stringify(all.body).includes('赔付'));
  assert.equal((await get(`/portal/help/${id}`)).status, 404);
  const conversation = await chat('能赔多少');
  const citations = [{ articleId: id, version: 1 }];
  const refused = await write(
    'POST',
    `/conversations/${conversation}/messages`,
    { visibility: 'public', body: '单笔赔付不超过五百元', citations },
    'agent',
  );
  assert.equal(refused.status, 422);
  assert.equal(refused.body.code, 'ARTICLE_INTERNAL');
  const { count } = await world.db.one(
    sql<{
      count: number;
    }>`select count(*)::int as count from message where thread_id = ${conversation}::uuid and body like '单笔%'`,
  );
  assert.equal(count, 0, 'nothing was said');
  const note = await write(
    'POST',
    `/conversations/${conversation}/messages`,
    { visibility: 'internal', body: '单笔赔付不超过五百元', citations },
    'agent',
  );
  assert.equal(note.status, 201);
});

test('a public article that is made internal or retired leaves the portal at once', async () => {
  const id = await published('停产机型清单', 'KF-26 已停产。');
  assert.equal((await get(`/portal/help/${id}`)).status, 200);
  await world.does(writer, writeArticle, {
    ...content('停产机型清单', 'KF-26 已停产。', { audience: 'internal' }),
    id,
    base: 1,
  });
  assert.equal((await get(`/portal/help/${id}`)).status, 200, 'a draft changes nothing');
  await world.does(writer, publishArticle, { id, version: 2 });
  assert.equal((await get(`/portal/help/${id}`)).status, 404);
  assert.deepEqual(await titles(`q=${encodeURIComponent('停产机型')}`), ['停产机型清单']);
  await world.does(writer, retireArticle, { id, reason: '改由产品手册说明' });
  assert.deepEqual(await titles(`q=${encodeURIComponent('停产机型')}`), []);
  assert.equal((await get(`/articles/${id}?version=2`, 'agent')).status, 200, 'cited, it is still read');
  const lines = await world.db.all(
    sql<{ action: string }>`select action from audit where subject_id = ${id} order by at, action`,
  );
  assert.deepEqual(
    new Set(lines.map(({ action }) => action)),
    new Set(['knowledge.write', 'knowledge.publish', 'knowledge.retire']),
  );
});

test('agents read and do not write; drafts are not theirs to see', async () => {
  const body = content('草稿', '尚未核对');
  assert.equal((await write('POST', '/articles', body, 'agent')).status, 403);
  const made = await write('POST', '/articles', body, 'writer');
  assert.equal(made.status, 201);
  const id = String(made.body.id);
  assert.equal((await get(`/articles/${id}`, 'agent')).status, 404);
  assert.equal((await get(`/articles/${id}/versions`, 'agent')).status, 404);
  assert.equal((await get('/articles?state=draft', 'agent')).status, 403);
  assert.deepEqual(await titles('state=draft', 'writer'), ['草稿']);
  assert.equal((await write('POST', `/articles/${id}/publish`, { version: 1 }, 'agent')).status, 403);
  const analyst = await world.token(await world.person('analyst'));
  const denied = await fetch(`${base}/articles/${id}/retire`, {
    method: 'POST',
    headers: { authorization: `Bearer ${analyst}`, 'content-type': 'application/json' },
    body: JSON.stringify({ reason: '试试' }),
  });
  assert.equal(denied.status, 403);
});

test('two who write at once: the second is told, and nothing is lost; publishing takes what was written last', async () => {
  const { id } = await world.does(writer, writeArticle, content('并发', '一'));
  await world.does(writer, writeArticle, { ...content('并发', '二'), id, base: 1 });
  await assert.rejects(
    world.does(writer, writeArticle, { ...content('并发', '三'), id, base: 1 }),
    /STALE_VERSION/,
  );
  await assert.rejects(world.does(writer, publishArticle, { id, version: 1 }), /STALE_VERSION/);
  await assert.rejects(
    world.does(writer, writeArticle, content('类别', '无', { category: 'no.such' })),
    /CATEGORY_UNKNOWN/,
  );
  await assert.rejects(world.does(writer, writeArticle, content('空', '  ')), /VALIDATION/);
  await world.does(writer, retireArticle, { id, reason: '重复' });
  await assert.rejects(world.does(writer, retireArticle, { id, reason: '再次' }), /ARTICLE_STATE/);
});

test('a value that is not listed is refused in words for the screen and for programs', async () => {
  const body = content('分类', '分类', { category: 'no.such' });
  const { status, body: told } = await write('POST', '/articles', body, 'writer');
  assert.equal(status, 422);
  const [fault] = told.errors as { pointer: string; message: string }[];
  assert.equal(fault!.pointer, '/category');
  assert.match(fault!.message, /“设置 › 问题分类”.*（接口：GET \/settings）/);
});

test('what is proposed fits the words or the category of the case', async () => {
  await published('热水器报 E3', '点火故障，请确认燃气阀已打开。', {
    keywords: ['E3', '不出热水'],
    category: 'tech.fault',
  });
  await published('发票抬头修改', '开票后三十天内可以修改抬头。', { category: 'consult.order' });
  const proposed = async (query: string) =>
    (
      (await get(`/articles/proposals?${query}`, 'agent')).body.items as {
        title: { zh: string };
        body: { zh: string };
      }[]
    ).map(({ title }) => title.zh);
  const q = encodeURIComponent('热水器不出热水了怎么办');
  assert.equal((await proposed(`q=${q}`))[0], '热水器报 E3');
  assert.ok(!(await proposed(`q=${q}`)).includes('发票抬头修改'));
  assert.deepEqual(await proposed('category=consult.order'), ['发票抬头修改']);
});
