import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mergedFrom } from './merged.ts';

test('a merge that was undone is not offered to be undone again; one that was done again is', () => {
  const event = (type: string, fromId: string) => ({ type, data: { fromId } });
  const newestFirst = [
    event('customer.merged', 'c'),
    event('customer.unmerged', 'c'),
    event('customer.merged', 'c'),
    event('customer.unmerged', 'b'),
    event('customer.merged', 'b'),
    event('customer.merged', 'a'),
  ];
  assert.deepEqual(mergedFrom(newestFirst), ['c', 'a']);
});
