import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawn } from './draw.ts';

const talks = Array.from({ length: 200 }, (_, n) => ({ id: `talk-${n}` }));
const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);

test('SD2-21 two draws with one seed are the same whatever the order they are read in; another seed draws others', () => {
  const once = ids(drawn(talks, 'quality_daily spot 2026-03-09', 10));
  assert.equal(new Set(once).size, 10);
  assert.deepEqual(ids(drawn(talks.toReversed(), 'quality_daily spot 2026-03-09', 10)), once);
  assert.notDeepEqual(ids(drawn(talks, 'quality_daily spot 2026-03-16', 10)), once);
});

test('a draw favours nobody: over many seeds each comes about as often', () => {
  const times = new Map<string, number>();
  for (let seed = 0; seed < 400; seed++)
    for (const id of ids(drawn(talks.slice(0, 20), String(seed), 5))) times.set(id, (times.get(id) ?? 0) + 1);
  // 400 draws of 5 among 20: a hundred each.
  for (const { id } of talks.slice(0, 20)) assert.ok(Math.abs((times.get(id) ?? 0) - 100) < 45, id);
});

test('fewer than wanted are all drawn', () => {
  assert.equal(drawn(talks.slice(0, 2), 'x', 3).length, 2);
});
