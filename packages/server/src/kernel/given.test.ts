/** What is given arrives as it was, few or many; rows that are gathered are there for the next that looks. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import { given } from './given.ts';
import { sql } from './sql.ts';
import type { Gathered } from './sql.ts';

let world: World;
before(async () => {
  world = await newWorld();
  await world.db.run(sql`create table given_test (n int primary key, word text)`);
});
after(() => world.end());

const rows = given({
  n: 'int',
  id: 'uuid',
  word: 'text',
  data: 'jsonb',
  at: 'timestamptz',
  yes: 'boolean',
  share: 'double precision',
  ids: 'uuid[]',
});
const id = '01900000-0000-7000-8001-000000000001';
const words = ['客服', '', 'NULL', '{a,"b"}', String.raw`C:\temp "x"`, "it's", 'a,b\n\tc', null];
const row = (n: number) => ({
  n,
  id: n % 3 === 0 ? null : id,
  word: words[n % words.length]!,
  data: { 说: words[(n + 1) % words.length], list: [1, '二', null], deep: { q: '"\\' } },
  at: new Date(Date.UTC(2026, 10, 26, 1, 2, 3, n)),
  yes: n % 2 === 0,
  share: n / 8,
  ids: n % 4 === 0 ? [] : Array.from({ length: n % 4 }, () => id),
});

for (const count of [1, 30, 31, 200])
  test(`${count} rows arrive with every value`, async () => {
    const sent = Array.from({ length: count }, (_, n) => row(n));
    const got = await world.db.all(sql`select ${rows.names} from ${rows.of(sent)} r order by n`);
    assert.deepEqual(
      got,
      sent.map((one) => ({ ...one, at: one.at.getTime() })),
    );
  });

test('gathered rows are sent before anything looks, and as one statement', async () => {
  const written: number[] = [];
  const put: Gathered<number> = {
    of: (numbers) => {
      written.push(numbers.length);
      return sql`insert into given_test (n, word) select n, 'new' from unnest(${[...numbers]}::int[]) n`;
    },
  };
  await world.db.transaction(async (tx) => {
    for (const n of [1, 2, 3]) await tx.gather(put, n);
    assert.equal(
      (await tx.one(sql<{ count: number }>`select count(*)::int as count from given_test`)).count,
      3,
    );
    await tx.gather(put, 4);
    await tx.later(sql`update given_test set word = 'seen'`);
    await tx.gather(put, 5);
  });
  assert.deepEqual(written, [3, 1, 1]);
  assert.deepEqual(await world.db.all(sql`select n from given_test where word = 'seen' order by n`), [
    { n: 1 },
    { n: 2 },
    { n: 3 },
    { n: 4 },
  ]);
  await assert.rejects(
    world.db.transaction(async (tx) => {
      await tx.gather(put, 6);
      await tx.gather(put, 6);
    }),
    /duplicate key/,
  );
});
