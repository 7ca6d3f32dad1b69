import assert from 'node:assert/strict';
import { test } from 'node:test';
import { affected, isUnder, type Happened } from './affected.ts';

const happened = (over: Partial<Happened>): Happened => ({
  type: 'ticket.assigned',
  at: '2026-11-22T02:00:00Z',
  subjectType: 'ticket',
  subjectId: 't1',
  actorId: null,
  data: {},
  ...over,
});

test('a ticket event makes its page and the lists stale, never the page of another ticket', () => {
  const change = affected(happened({})).find(({ tag }) => tag === 'tickets');
  assert.ok(change);
  assert.equal(isUnder(['tickets', '/tickets/:id/page', 't1', null], change), true);
  assert.equal(isUnder(['tickets', '/tickets', null, { view: 'mine' }], change), true);
  assert.equal(isUnder(['tickets', '/tickets/:id/page', 't2', null], change), false);
  assert.equal(isUnder(['customers', '/customers', null, null], change), false);
});

test('a clock changes what it was promised on, and the floor', () => {
  assert.deepEqual(affected(happened({ type: 'deadline.breached' })), [
    { tag: 'floor', id: null },
    { tag: 'tickets', id: 't1' },
  ]);
});

test('a message changes the thread it was written in', () => {
  const posted = happened({
    type: 'message.posted',
    subjectType: 'thread',
    subjectId: 'c3',
    data: { of: 'conversation' },
  });
  assert.deepEqual(affected(posted), [{ tag: 'conversations', id: 'c3' }]);
});

test('a notice wakes the bell and nothing else', () => {
  const raised = happened({ type: 'notice.raised', subjectType: 'user', subjectId: 'u1' });
  assert.deepEqual(affected(raised), [{ tag: 'notices', id: null }]);
});

test('a linked conversation changes the ticket and the conversation', () => {
  const linked = affected(happened({ type: 'ticket.conversation_linked', data: { conversationId: 'c3' } }));
  assert.deepEqual(
    linked.filter(({ tag }) => tag !== 'floor'),
    [
      { tag: 'conversations', id: 'c3' },
      { tag: 'tickets', id: 't1' },
    ],
  );
});

test('a task or a run makes 待办, the step panels and the row of its ticket stale, nothing else', () => {
  for (const [type, subjectType] of [
    ['task.done', 'task'],
    ['run.reached', 'run'],
  ] as const) {
    const done = affected(happened({ type, subjectType, subjectId: 'k1', data: { ticketId: 't1' } }));
    assert.deepEqual(done, [
      { tag: 'tasks', id: null },
      { tag: 'playbooks', id: null },
      { tag: 'tickets', id: 't1' },
    ]);
  }
  const late = affected(happened({ type: 'deadline.breached', subjectType: 'task', subjectId: 'k1' }));
  assert.deepEqual(late.at(-1), { tag: 'tickets', id: null });
});

test('a record that moves makes its page, the lists of its kind and the cards beside every case stale', () => {
  const moved = affected(
    happened({ type: 'record.moved', subjectType: 'record', subjectId: 'r1', data: { kind: 'appointment' } }),
  );
  assert.deepEqual(moved, [{ tag: 'records', id: 'r1' }]);
  const [change] = moved;
  assert.ok(change);
  assert.equal(isUnder(['records', '/records/:kind/:id', 'r1', { kind: 'appointment' }], change), true);
  assert.equal(isUnder(['records', '/records', null, { ticketId: 't1' }], change), true);
  assert.equal(isUnder(['records', '/records/:kind/:id', 'r2', { kind: 'appointment' }], change), false);
});
