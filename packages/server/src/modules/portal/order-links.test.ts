import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Actor } from '#kernel/actor.ts';
import { systemActor } from '#kernel/actor.ts';
import { sql } from '#kernel/sql.ts';
import { createCustomer } from '#modules/customers/index.ts';
import { createRecord } from '#modules/records/index.ts';
import { changeSetting } from '#modules/settings/index.ts';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import { orderToken, readOrderToken } from './order-links.ts';

let world: World;
let agent: Actor;
let base = '';
let orderId = '';
let authorization = '';
before(async () => {
  world = await newWorld();
  agent = await world.person('agent', { groups: ['consult'] });
  base = `${(await world.listen()).base}/api/v1`;
  authorization = `Bearer ${await world.token(agent)}`;
  const { id: customerId } = await world.does(systemActor('test'), createCustomer, {
    kind: 'person',
    name: '张伟',
  });
  ({ id: orderId } = await world.does(systemActor('test'), createRecord, {
    kind: 'order',
    customerId,
    data: {
      items: '洗衣机 1 台',
      amount: 2999,
      receiver: '张伟',
      phone: '13800001234',
      address: '世纪大道 1 号',
    },
  }));
});
after(() => world.end());

const link = async (kind: 'pay' | 'track') => {
  const response = await fetch(`${base}/orders/${orderId}/links`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ kind }),
  });
  assert.equal(response.status, 201);
  return (await response.json()) as { url: string; expiresAt: string; words: { zh: string } };
};
const open = async (url: string) => {
  const response = await fetch(`${base}/o/${url.split('/o/')[1]}`);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

test('SD3l-06 a link to pay and a link to follow carry the order and expire', async () => {
  await world.does(await world.person('manager'), changeSetting, {
    key: 'orderLinks',
    value: { payUrl: 'https://pay.example/?no={number}&yuan={amount}', payHours: 24, trackDays: 30 },
    version: 0,
  });
  const [pay, track] = [await link('pay'), await link('track')];
  assert.equal(readOrderToken(world.config, pay.url.split('/o/')[1]!)!.orderId, orderId);
  assert.ok(pay.words.zh.includes(pay.url));
  const shown = await open(pay.url);
  assert.equal(shown.status, 200);
  assert.deepEqual([shown.body.kind, shown.body.amount, shown.body.items], ['pay', 2999, '洗衣机 1 台']);
  assert.match(String(shown.body.payUrl), /^https:\/\/pay\.example\/\?no=DD\w+&yuan=2999\.00$/);
  assert.doesNotMatch(JSON.stringify(shown.body), /张伟|1380000|世纪大道/, 'nothing of the person');
  assert.equal((await open(track.url)).body.payUrl, null);
  await world.later({ hours: 25 });
  const late = await open(pay.url);
  assert.deepEqual([late.status, late.body.code], [410, 'LINK_EXPIRED']);
  assert.equal((await open(track.url)).status, 200, 'to follow it there is more time');
  const lines = await world.db.all(
    sql<{
      body: string;
    }>`select body from audit where action = 'portal.order-link' and subject_id = ${orderId}`,
  );
  assert.equal(lines.length, 2);
  assert.doesNotMatch(lines.map(({ body }) => body).join(), /\/o\//, 'the link itself is not kept');
});

test('SD3l-06 a link that was changed in one place, or signed elsewhere, opens nothing', async () => {
  const token = (await link('track')).url.split('/o/')[1]!;
  for (let i = 0; i < token.length; i += 5) {
    const other = `${token.slice(0, i)}${token[i] === 'A' ? 'B' : 'A'}${token.slice(i + 1)}`;
    assert.equal(readOrderToken(world.config, other), undefined, String(i));
  }
  const forged = orderToken(
    { secret: 'another secret of thirty-two characters' },
    { kind: 'pay', orderId, expiresAt: world.clock.now() + 1_000_000 },
  );
  assert.equal((await open(`/o/${forged}`)).status, 404);
});
