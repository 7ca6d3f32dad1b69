import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Condition } from '#contracts/conditions.ts';
import { viewFaults } from '#contracts/view-facts.ts';
import { ticketViews } from '#contracts/routes/tickets.ts';
import { isBox, nodesOf } from '../library/condition-tree.ts';
import { conditionOfSearch, isWrong } from './view-condition.ts';

const none = () => undefined;

test('what is looked at becomes a condition that can be kept', () => {
  assert.deepEqual(
    conditionOfSearch(
      { view: 'breached', priority: 'P1', category: 'tech', q: '漏水', groupId: 'g' },
      () => 'consult',
    ),
    {
      condition: {
        'ticket.clock': 'breached',
        'ticket.priority': 'P1',
        'ticket.category': { startsWith: 'tech' },
        'ticket.group': 'consult',
        'ticket.subject': { has: '漏水' },
      },
      among: 'open',
    },
  );
  assert.deepEqual(conditionOfSearch({ view: 'waiting', status: 'suspended' }, none).condition, {
    'ticket.status': ['waiting_customer', 'waiting_internal', 'suspended'],
    all: [{ 'ticket.status': 'suspended' }],
  });
  assert.equal(conditionOfSearch({ view: 'all' }, none).condition, undefined);
  for (const view of ticketViews) {
    const { condition, among } = conditionOfSearch({ view, priority: 'P2' }, none);
    assert.deepEqual(viewFaults(condition), [], view);
    assert.equal(among === 'all', ['closed', 'archived', 'all'].includes(view), view);
  }
});

test('of the rows of a condition only the one at fault is told so', () => {
  const wrong = (condition: Condition) =>
    nodesOf(condition).flatMap((node) =>
      (isBox(node) ? node.nodes : [node]).map((one) => !isBox(one) && isWrong(one)),
    );
  assert.deepEqual(wrong({ 'ticket.priority': 'P1', 'ticket.subject': { has: '' }, 'ticket.mine': true }), [
    false,
    true,
    false,
  ]);
  assert.deepEqual(
    wrong({ any: [{ 'ticket.ageHours': { over: 'x' } }, { 'ticket.ageHours': { over: 3 } }] }),
    [true, false],
  );
});
