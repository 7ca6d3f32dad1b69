import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fetched, isUnfetched, mayReload } from './unfetched.ts';

test('a screen that did not arrive is told from one that has a fault, in the words of each browser', () => {
  for (const said of [
    'Failed to fetch dynamically imported module: https://desk/assets/tickets-1.js',
    'error loading dynamically imported module: https://desk/assets/tickets-1.js',
    'Importing a module script failed.',
    'Unable to preload CSS for /desk/assets/tickets-1.css',
  ])
    assert.ok(isUnfetched(new TypeError(said)), said);
  assert.ok(!isUnfetched(new TypeError("Cannot read properties of undefined (reading 'id')")));
  assert.ok(!isUnfetched('offline'));
});

test('the router does not take the failure for its own, and a fault stays what it is', async () => {
  const lost = fetched(() => Promise.reject(new TypeError('Failed to fetch dynamically imported module: x')));
  await assert.rejects(lost, (error: Error) => isUnfetched(error) && !error.message.startsWith('Failed'));
  const fault = new RangeError('fault');
  await assert.rejects(
    fetched(() => Promise.reject(fault)),
    fault,
  );
  assert.equal(await fetched(() => Promise.resolve('screen'))(), 'screen');
});

test('a page loads itself anew at most twice a minute', () => {
  assert.ok(mayReload(0, Date.parse('2026-11-26T14:00:00Z')));
  assert.ok(!mayReload(1_000_000, 1_029_999));
  assert.ok(mayReload(1_000_000, 1_030_000));
});
