import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lengthOf, minutesOf } from './length.ts';

test('a length is shown in the largest unit that makes it whole, and comes back as it was', () => {
  const shown = [10 / 60, 15, 60, 1440, 90, 0.5].map(lengthOf);
  assert.deepEqual(
    shown.map(({ amount, span }) => `${amount} ${span}`),
    ['10 seconds', '15 minutes', '1 hours', '24 hours', '90 minutes', '30 seconds'],
  );
  for (const minutes of [10 / 60, 15, 1440]) {
    const { amount, span } = lengthOf(minutes);
    assert.ok(Math.abs(minutesOf(amount, span) - minutes) < 1e-9);
  }
});
