import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import type { Actor } from '#kernel/actor.ts';
import { systemActor } from '#kernel/actor.ts';
import { sql } from '#kernel/sql.ts';
import { countFigures } from '#modules/figures/index.ts';
import { publishArticle, writeArticle } from '#modules/knowledge/index.ts';
import { changeSetting } from '#modules/settings/index.ts';
import { defaultSettings } from '#modules/settings/defaults.ts';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';

let world: World;
let base = '';
let manager: Actor;
const machine = systemActor('test');
const bot = (botFirst: boolean, version: number) =>
  world.does(machine, changeSetting, {
    key: 'routing',
    value: { ...defaultSettings.routing, botFirst },
    version,
  });
before(async () => {
  world = await newWorld({ at: '2026-11-18T10:00:00+08:00' });
  manager = await world.person('manager');
  base = `${(await world.listen()).base}/api/v1`;
  await bot(true, 0);
  for (const [audience, title, body] of [
    ['public', '洗衣机脱水时异响怎么办', '请先断电，再拆除机身背面的四颗运输螺栓。'],
    ['internal', '冰箱压缩机内部维修价', '成本价三百元，不外传。'],
  ] as const) {
    const { id, version } = await world.does(manager, writeArticle, {
      title: { zh: title, en: '' },
      body: { zh: body, en: '' },
      keywords: [],
      category: null,
      audience,
      reviewBy: null,
      note: '',
    });
    await world.does(manager, publishArticle, { id, version });
  }
});
after(() => world.end());

type State = {
  conversation: { state: string; closeReason: string | null };
  messages: { from: string; body: string }[];
};
/** Somebody at the widget. */
const visitor = async () => {
  const start = await fetch(`${base}/widget/web/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  const { token } = (await start.json()) as { token: string };
  const asks = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${base}/widget${path}`, {
      method,
      headers: { authorization: `Visitor ${token}`, 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    return (await response.json()) as State;
  };
  return {
    says: (body: string) => asks('POST', '/messages', { body, clientId: crypto.randomUUID() }),
    presses: (what: 'hand-off' | 'solved') => asks('POST', `/${what}`, {}),
    sees: () => asks('GET', '/conversation'),
  };
};
const queuedEver = async () =>
  (
    await world.db.one(
      sql<{ n: number }>`select count(*)::int as n from conversation where queued_at is not null`,
    )
  ).n;

test('SD4-26 bot first: what the public articles answer never enters the queue, and counts as deflected', async () => {
  const customer = await visitor();
  await customer.says('洗衣机脱水时异响');
  const { conversation, messages } = await customer.sees();
  assert.equal(conversation.state, 'bot');
  assert.match(messages.at(-1)!.body, /洗衣机脱水时异响怎么办[^]*运输螺栓[^]*\/portal\/help\//);
  await customer.presses('solved');
  assert.deepEqual(
    [(await customer.sees()).conversation.state, (await customer.sees()).conversation.closeReason],
    ['closed', 'self_served'],
  );
  assert.equal(await queuedEver(), 0);
});

test('SD4-26 转人工 always works: by the button, by the word at once or later, and by itself where no article helps; what is internal is not offered', async () => {
  const byButton = await visitor();
  await byButton.says('洗衣机脱水时异响');
  await byButton.presses('hand-off');
  assert.equal((await byButton.sees()).conversation.state, 'queued');
  const byWord = await visitor();
  await byWord.says('洗衣机脱水时异响');
  await byWord.says('还是不行，转人工');
  assert.equal((await byWord.sees()).conversation.state, 'queued');
  const atOnce = await visitor();
  await atOnce.says('转人工，洗衣机异响');
  assert.equal((await atOnce.sees()).conversation.state, 'queued');
  const unknown = await visitor();
  await unknown.says('冰箱压缩机内部维修价');
  const { conversation, messages } = await unknown.sees();
  assert.equal(conversation.state, 'queued');
  assert.ok(!messages.some(({ body }) => body.includes('成本价')));
  const order = await visitor();
  await order.says('洗衣机发货了吗');
  assert.equal((await order.sees()).conversation.state, 'queued', 'an order is looked up by a person');
  // After it was handed over, "solved" is no longer the customer's to press past the agent.
  await byButton.presses('solved');
  assert.equal((await byButton.sees()).conversation.state, 'queued');
});

test('SD4-26 who leaves without a word is neither solved nor waiting; the rate of deflection counts the solved of all chats', async () => {
  const gone = await visitor();
  await gone.says('洗衣机脱水时异响');
  await world.later({ minutes: 31 });
  assert.deepEqual((await gone.sees()).conversation.closeReason, 'customer_timeout');
  const items = await countFigures(world.db, manager, { from: '2026-11', to: '2026-11' }, world.clock.now());
  assert.deepEqual(items.find(({ key }) => key === 'deflectionRate')!.total, {
    numerator: 1,
    denominator: 7,
  });
});

test('switched off, every chat waits for a person as before', async () => {
  await bot(false, 1);
  const customer = await visitor();
  await customer.says('洗衣机脱水时异响');
  assert.equal((await customer.sees()).conversation.state, 'queued');
});
