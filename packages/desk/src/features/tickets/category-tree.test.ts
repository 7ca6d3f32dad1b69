import assert from 'node:assert/strict';
import { test } from 'node:test';
import { branches, pathOf, policyOf } from './category-tree.ts';

test('the tree is offered root by root, without what was switched off, the root itself last', () => {
  const nodes = [
    { key: 'consult' },
    { key: 'consult.policy' },
    { key: 'consult.old', enabled: false },
    { key: 'tech' },
    { key: 'tech.fault' },
    { key: 'tech.fault.leak' },
  ];
  assert.deepEqual(
    branches(nodes).map(({ root, leaves }) => [root.key, leaves.map(({ key }) => key)]),
    [
      ['consult', ['consult.policy', 'consult']],
      ['tech', ['tech.fault', 'tech.fault.leak', 'tech']],
    ],
  );
});

test('a key knows its ancestors', () => {
  assert.deepEqual(pathOf('tech.fault.leak'), ['tech', 'tech.fault', 'tech.fault.leak']);
});

test('SD3q-02 a category shows its policy: its own, else that of the nearest one above, else none', () => {
  const nodes = [
    { key: 'complaint', policy: '先致歉' },
    { key: 'complaint.refund', policy: '七天内可退' },
    { key: 'complaint.refund.late', policy: ' ' },
    { key: 'consult' },
  ];
  assert.deepEqual(
    ['complaint.refund.late', 'complaint.refund', 'complaint.attitude', 'consult', undefined].map((key) =>
      policyOf(nodes, key),
    ),
    ['七天内可退', '七天内可退', '先致歉', undefined, undefined],
  );
});
