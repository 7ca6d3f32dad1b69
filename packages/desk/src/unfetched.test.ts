import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isUnfetched } from './unfetched.ts';

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
