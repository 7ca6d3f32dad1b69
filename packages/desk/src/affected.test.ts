import assert from 'node:assert/strict';
import { test } from 'node:test';
import { affected, isUnder, type Push } from './affected.ts';

const push = (over: Partial<Push>): Push => ({
  position: 1,
  type: 'x',
  subjectType: 'ticket',
  subjectId: 't1',
  data: {},
  ...over,
});

test('a ticket event makes its page and the lists stale, never the page of another ticket', () => {
  const [change] = affected(push({ type: 'ticket.assigned' }));
  assert.ok(change);
  assert.equal(isUnder(['tickets', '/tickets/:id/page', 't1', null], change), true);
  assert.equal(isUnder(['tickets', '/tickets', null, { view: 'mine' }], change), true);
  assert.equal(isUnder(['tickets', '/tickets/:id/page', 't2', null], change), false);
  assert.equal(isUnder(['customers', '/customers', null, null], change), false);
});

test('a clock or a message belongs to what it is of', () => {
  assert.deepEqual(
    affected(
      push({
        type: 'deadline.breached',
        subjectType: 'deadline',
        subjectId: 'd1',
        data: { of: 'ticket', ofId: 't9' },
      }),
    ),
    [{ tag: 'tickets', id: 't9' }],
  );
  assert.deepEqual(
    affected(
      push({ type: 'message.posted', subjectType: 'thread', subjectId: 'c3', data: { of: 'conversation' } }),
    ),
    [{ tag: 'conversations', id: 'c3' }],
  );
});

test('a notice wakes the bell and nothing else', () => {
  assert.deepEqual(affected(push({ type: 'notice.raised', subjectType: 'user', subjectId: 'u1' })), [
    { tag: 'notices', id: null },
  ]);
});
