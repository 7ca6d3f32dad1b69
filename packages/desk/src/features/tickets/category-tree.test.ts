import assert from 'node:assert/strict';
import { test } from 'node:test';
import { branches, pathOf } from './category-tree.ts';

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
