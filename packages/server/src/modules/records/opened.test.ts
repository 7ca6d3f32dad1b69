import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { systemActor } from '#kernel/actor.ts';
import { sql } from '#kernel/sql.ts';
import { createCustomer } from '#modules/customers/index.ts';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import { createRecord, linkTo } from './index.ts';
import { recordOfLink } from './opened.ts';

let world: World;
let id = '';
let link = '';
before(async () => {
  world = await newWorld();
  await world.listen();
  const { id: customerId } = await world.does(systemActor('test'), createCustomer, {
    kind: 'person',
    name: '张伟',
  });
  await world.does(systemActor('test'), createRecord, {
    kind: 'material',
    data: { name: '滚筒洗衣机手册', type: 'manual', link: 'https://files.example.cn/washer.pdf' },
  });
  ({ id } = await world.does(systemActor('test'), createRecord, {
    kind: 'material_sent',
    customerId,
    data: { material: 'ZL0001', name: '滚筒洗衣机手册', link: 'https://files.example.cn/washer.pdf' },
  }));
  link = linkTo(world.config, id);
});
after(() => world.end());

const follow = (url: string) => fetch(url, { redirect: 'manual' });
const kept = () =>
  world.db.one(
    sql<{
      opens: number | null;
      at: string | null;
    }>`select (data ->> 'opens')::int as opens, data ->> 'openedAt' as at from record where id = ${id}::uuid`,
  );

test('SD0-10 the link that a customer is sent leads on to the material; each opening is counted, the first one dated', async () => {
  assert.deepEqual(await kept(), { opens: null, at: null });
  const first = await follow(link);
  assert.deepEqual(
    [first.status, first.headers.get('location')],
    [302, 'https://files.example.cn/washer.pdf'],
  );
  const at = new Date(world.clock.now()).toISOString();
  await world.later({ hours: 1 });
  await Promise.all([follow(link), follow(link)]);
  assert.deepEqual(await kept(), { opens: 3, at }, 'two at once are two');
});

test('SD0-10 a link that was changed in one place, or names a record of another kind, leads nowhere and counts nothing', async () => {
  const token = link.split('/l/')[1]!;
  for (let i = 0; i < token.length; i += 4) {
    const other = `${token.slice(0, i)}${token[i] === 'A' ? 'B' : 'A'}${token.slice(i + 1)}`;
    assert.equal(recordOfLink(world.config, other), undefined, String(i));
  }
  assert.equal((await follow(link.slice(0, -1))).status, 404);
  const { id: plain } = await world.db.one(
    sql<{ id: string }>`select id from record where kind = 'material'`,
  );
  assert.equal((await follow(linkTo(world.config, plain))).status, 404);
  assert.equal((await kept()).opens, 3);
});
