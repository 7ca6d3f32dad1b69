import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import { caller } from './client.ts';

/** Wrong look-ups from one address: sixty an hour, then it waits. */
const exhaust = async (base: string, forwarded: (n: number) => string) => {
  const call = caller(base);
  for (let n = 0; n < 80; n++) {
    const { status } = await call('POST', '/portal/lookup', {
      body: { number: `T20260101-${String(n).padStart(4, '0')}`, tail: '0000' },
      headers: { 'x-forwarded-for': forwarded(n) },
    });
    if (status === 429) return n;
  }
  return null;
};
let near: World;
let far: World;
before(async () => {
  near = await newWorld();
  near.config.trustProxy.push('127.0.0.1');
  far = await newWorld();
});
after(() => Promise.all([near.end(), far.end()]));

test('behind a trusted proxy each client has a limit of its own', async () => {
  const { base } = await near.listen();
  assert.equal(await exhaust(base, (n) => `203.0.113.${n}`), null);
  assert.equal(await exhaust(base, () => '198.51.100.7'), 60);
  // What a client writes into the header itself stands further left and is not believed.
  assert.equal(await exhaust(base, (n) => `203.0.113.${n}, 198.51.100.8`), 60);
});

test('without a trusted proxy the header changes nothing', async () => {
  const { base } = await far.listen();
  assert.equal(await exhaust(base, (n) => `203.0.113.${n}`), 60);
});
