import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import type { Actor } from '#kernel/actor.ts';
import { sql } from '#kernel/sql.ts';
import { changeMe } from './commands/change-me.ts';
import { userById } from './store.ts';

let world: World;
let ana: Actor;
before(async () => {
  world = await newWorld();
  ana = await world.person('agent', { name: '安娜' });
});
after(() => world.end());
const lines = async () =>
  (await world.db.all(sql`select 1 from audit where action = 'identity.change-me'`)).length;

test('one’s own name and phone are changed and audited; what is not given stays', async () => {
  await world.does(ana, changeMe, { name: ' 王安娜 ', phone: '8013' });
  await world.does(ana, changeMe, { locale: 'en' });
  const user = (await userById(world.db, ana.id))!;
  assert.deepEqual([user.name, user.phone, user.locale], ['王安娜', '8013', 'en']);
  assert.equal(await lines(), 1, 'a language is nobody’s business');
  await world.does(ana, changeMe, { phone: null });
  assert.equal((await userById(world.db, ana.id))!.phone, null);
  assert.equal(await lines(), 2);
});

test('preferences add up, and null takes one back', async () => {
  await world.does(ana, changeMe, { preferences: { 'look.theme': 'dark', 'keys.ticket.reply': 'x' } });
  await world.does(ana, changeMe, { preferences: { 'keys.ticket.reply': null } });
  assert.deepEqual((await userById(world.db, ana.id))!.preferences, { 'look.theme': 'dark' });
});

test('preferences have an end: how many at once, how many in all, how long each', async () => {
  const bo = await world.person('agent', { name: '小波' });
  const letters = (n: number) => String.fromCharCode(97 + Math.floor(n / 26), 97 + (n % 26));
  const some = (from: number, count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`keys.${letters(from + i)}`, 'x']));
  await world.does(bo, changeMe, { preferences: some(0, 200) });
  await world.does(bo, changeMe, { preferences: some(0, 200) });
  await assert.rejects(world.does(bo, changeMe, { preferences: some(200, 101) }), { code: 'VALIDATION' });
  await world.does(bo, changeMe, { preferences: { ...some(200, 101), 'keys.aa': null } });
  assert.equal(Object.keys((await userById(world.db, bo.id))!.preferences).length, 300);
  const { base } = await world.listen();
  const patch = async (preferences: object) =>
    (
      await fetch(`${base}/api/v1/me`, {
        method: 'PATCH',
        headers: { authorization: `Bearer ${await world.token(bo)}`, 'content-type': 'application/json' },
        body: JSON.stringify({ preferences }),
      })
    ).status;
  assert.equal(await patch({ 'keys.aa': 'y'.repeat(401) }), 422);
  assert.equal(await patch(some(0, 301)), 422);
  assert.equal(await patch({ 'keys.ab': 'y' }), 200);
});
