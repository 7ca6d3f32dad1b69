import assert from 'node:assert/strict';
import { test } from 'node:test';
import { begun, lineOf, listBehind, monthAfter, periodOf, readable, readFiguresSearch } from './rules.ts';

test('a month ends at midnight in Shanghai, and months go over the year', () => {
  assert.deepEqual(periodOf(Date.parse('2026-01-31T16:00:00Z'), 3), { from: '2025-12', to: '2026-02' });
  assert.equal(monthAfter('2026-12', 1), '2027-01');
  assert.equal(monthAfter('2026-01', -13), '2024-12');
});
test('the list behind a share has what is counted and what hits; a figure of orders has none', () => {
  const span = { from: 'a', to: 'b' };
  assert.equal(listBehind('slaHitRate', 'of', span)?.mark, 'decided');
  assert.equal(listBehind('slaHitRate', 'hit', span)?.mark, 'kept');
  assert.equal(listBehind('repurchaseRate', 'of', span), null);
});
test('a month without a value is a gap in the line', () => {
  const { path, last } = lineOf([1, null, 3, 2]);
  assert.equal(path.split('M').length - 1, 2);
  assert.deepEqual(last, [98, 14]);
  assert.deepEqual(lineOf([null, null]), { path: '', last: null });
});
test('an address says only what it means', () =>
  assert.deepEqual(readFiguresSearch({ tab: 'x', months: '6', groupId: 'no' }), { months: 6 }));
test('a quarter that lies ahead is not reviewed', () =>
  assert.deepEqual(
    ['2026Q3', '2026Q4', '2027Q1'].map((quarter) => begun(quarter, '2026-11')),
    [true, true, false],
  ));
test('less than a minute is told in seconds', () => {
  assert.deepEqual(readable('minutes', 0.17), { unit: 'seconds', value: 10 });
  assert.deepEqual(readable('minutes', 1), { unit: 'minutes', value: 1 });
  assert.deepEqual(readable('hours', 0.5), { unit: 'hours', value: 0.5 });
});
