import assert from 'node:assert/strict';
import { test } from 'node:test';
import { viewFaults } from '#contracts/view-facts.ts';
import { ticketViews } from '#contracts/routes/tickets.ts';
import { conditionOfSearch } from './view-condition.ts';

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
