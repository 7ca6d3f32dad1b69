/** Arrays that are written here are read by PostgreSQL as what they were. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from './sql.ts';
import { newWorld } from '#testing/world.ts';

const world = await newWorld();
after(() => world.end());

test('an array parameter arrives as it was, whatever its elements hold', async () => {
  const words = [
    '',
    'NULL',
    'null',
    '{a,"b"}',
    String.raw`C:\temp`,
    'a,b\n\tc',
    '客服',
    null,
    '客服',
    '客服',
  ];
  const day = new Date('2026-11-26T01:02:03.004Z');
  const bytes = Buffer.from([0, 92, 34, 255]);
  const got = await world.db.one(sql`
    select ${words}::text[] as words, ${[1, -2.5, 1e21, 0]}::double precision[] as numbers, ${[true, false]}::boolean[] as flags,
      ${[day, null]}::timestamptz[] as instants, ${[bytes]}::bytea[] as bytes, ${[{ q: '"\\' }]}::jsonb[] as objects, ${[]}::uuid[] as none`);
  assert.deepEqual(got, {
    words,
    numbers: [1, -2.5, 1e21, 0],
    flags: [true, false],
    instants: [day, null],
    bytes: [bytes],
    objects: [{ q: '"\\' }],
    none: [],
  });
});
