/** Wakes that share a transaction: in their order, once, and a bad one holds up nobody else. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import type { DueHandler, DueTogether } from './due.ts';
import { sql } from './sql.ts';

let world: World;
let calls: string[][];
before(async () => {
  world = await newWorld();
  const handlers = world.centre.dueHandlers as Map<string, DueHandler | DueTogether>;
  handlers.set('test.together', {
    together: async ({ tx }, wakes) => {
      calls.push(wakes.map(({ key }) => key));
      for (const { key } of wakes) {
        if (key === 'bad') throw new Error('a bad wake');
        await tx.later(sql`insert into counter_test (key) values (${key})`);
      }
    },
  });
  handlers.set('test.single', async (_context, { key }) => void calls.push([key]));
  // What the centre plans of its own.
  await world.centre.due.pump();
  await world.db.run(sql`delete from due`);
  await world.db.run(sql`create table counter_test (key text primary key)`);
});
after(() => world.end());

const plan = async (wakes: [kind: string, key: string, seconds: number][]) => {
  calls = [];
  await world.db.run(sql`delete from counter_test`);
  const now = world.clock.now();
  for (const [kind, key, seconds] of wakes)
    await world.centre.due.schedule(world.db, kind, key, now + seconds * 1000, {});
  world.clock.advance(60_000);
};
const written = async () =>
  (await world.db.all(sql<{ key: string }>`select key from counter_test order by key`)).map(({ key }) => key);

test('neighbours of a kind come together, and never before what was due earlier', async () => {
  await plan([
    ['test.together', 'b', 1],
    ['test.together', 'a', 2],
    ['test.single', 'between', 3],
    ['test.together', 'c', 4],
  ]);
  await world.centre.due.pump();
  assert.deepEqual(calls, [['b', 'a'], ['between'], ['c']]);
  assert.deepEqual(await written(), ['a', 'b', 'c']);
  await world.centre.due.pump();
  assert.equal(calls.length, 3);
});

test('one that fails is tried again later; the others of its transaction are done once', async () => {
  await plan([
    ['test.together', 'a', 1],
    ['test.together', 'bad', 2],
    ['test.together', 'c', 3],
  ]);
  await world.centre.due.pump();
  assert.deepEqual(calls, [['a', 'bad', 'c'], ['a'], ['bad'], ['c']]);
  assert.deepEqual(await written(), ['a', 'c']);
  const left = await world.db.all(
    sql<{ key: string; attempts: number }>`select key, attempts from due where kind = 'test.together'`,
  );
  assert.deepEqual(left, [{ key: 'bad', attempts: 1 }]);
  await world.db.run(sql`delete from due where kind = 'test.together'`);
});

test('two processes at once share the wakes and each comes once', async () => {
  await plan(Array.from({ length: 30 }, (_, n) => ['test.together', `k${String(n).padStart(2, '0')}`, 1]));
  const { createDue } = await import('./due.ts');
  const other = createDue(() => world.centre);
  await Promise.all([world.centre.due.pump(), other.pump()]);
  assert.equal((await written()).length, 30);
  assert.equal((await world.db.all(sql`select 1 from due where kind = 'test.together'`)).length, 0);
});

test('a burst is taken two hundred at a time, a few at once; each comes once and what is due later comes after it', async () => {
  const keys = Array.from({ length: 450 }, (_, n) => `k${String(n).padStart(3, '0')}`);
  await plan([
    ...keys.map((key) => ['test.together', key, 1] as const),
    ['test.single', 'after', 2],
  ] as never);
  await world.centre.due.pump();
  assert.deepEqual(
    calls.map(({ length }) => length).sort((a, b) => b - a),
    [200, 200, 50, 1],
  );
  assert.deepEqual(await written(), keys);
  assert.deepEqual(calls.at(-1), ['after']);
});
