import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mine, offersTo, tierOf, waitTone } from './tiers.ts';

const row = (name: string, more: object = {}) => ({
  name,
  state: 'active' as const,
  waitingSince: null,
  queuedAt: null,
  offeredTo: null,
  offerUntil: null,
  openedAt: '2026-11-18T01:00:00Z',
  ...more,
});

test('who waits for me stands before whom I have answered, the longest wait on top', () => {
  const rows = [
    row('answered'),
    row('short', { waitingSince: '2026-11-18T02:05:00Z' }),
    row('long', { waitingSince: '2026-11-18T02:01:00Z' }),
  ];
  assert.deepEqual(
    mine(rows).map(({ name }) => name),
    ['long', 'short', 'answered'],
  );
  assert.deepEqual(mine(rows).map(tierOf), ['me', 'me', 'them']);
});

test('an offer is for me only, and stands apart from my conversations', () => {
  const rows = [
    row('mine', { state: 'offered', offeredTo: 'me', offerUntil: '2026-11-18T02:00:10Z' }),
    row('hers', { state: 'offered', offeredTo: 'her' }),
    row('talk'),
  ];
  assert.deepEqual(
    offersTo(rows, 'me').map(({ name }) => name),
    ['mine'],
  );
  assert.deepEqual(
    mine(rows).map(({ name }) => name),
    ['talk'],
  );
});

test('a wait is loud after one minute and louder after three', () => {
  assert.deepEqual([59_000, 61_000, 181_000].map(waitTone), ['ok', 'warn', 'late']);
});
