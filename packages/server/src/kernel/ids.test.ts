import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededIds, systemIds } from './ids.ts';

test('ids made at one instant keep their order while another instant is served in between', () => {
  const [first, second] = [[] as string[], [] as string[]];
  for (let i = 0; i < 1000; i++) {
    first.push(systemIds.id(1_790_000_000_000));
    second.push(systemIds.id(1_790_000_000_001));
  }
  assert.deepEqual(first.toSorted(), first);
  assert.deepEqual(second.toSorted(), second);
  assert.equal(new Set([...first, ...second]).size, 2000);
  assert.match(first[999]!, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('a seed gives the same ids, in order', () => {
  const make = (): string[] =>
    Array.from(
      { length: 50 },
      (
        (ids) => () =>
          ids.id(1_790_000_000_000)
      )(seededIds(7)),
    );
  assert.deepEqual(make(), make());
  assert.deepEqual(make().toSorted(), make());
});
