import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mayClaim, mayDecide, mayWork, placeOf, spanOf, warnOf, type Worker } from './rules.ts';

/** A Wednesday at noon, local. */
const now = new Date(2026, 10, 18, 12).getTime();
const at = (day: number, hour: number) => ({
  dueAt: new Date(2026, 10, day, hour).toISOString(),
  late: false,
});

test('待办 stands under late, today, this week, later, or without a limit', () => {
  assert.equal(spanOf(at(18, 11), now), 'late');
  assert.equal(spanOf({ ...at(20, 9), late: true }, now), 'late');
  assert.equal(spanOf(at(18, 23), now), 'today');
  assert.equal(spanOf(at(19, 0), now), 'week');
  assert.equal(spanOf(at(22, 23), now), 'week');
  assert.equal(spanOf(at(23, 0), now), 'later');
  assert.equal(spanOf({ dueAt: null, late: false }, now), 'open');
  assert.equal(spanOf(at(22, 23), new Date(2026, 10, 22, 12).getTime()), 'today', 'Sunday is the last day');
});

test('a clock is amber after four fifths of its time', () => {
  const task = { createdAt: '2026-11-18T00:00:00.000Z', dueAt: '2026-11-18T10:00:00.000Z' };
  assert.equal(warnOf(task), '2026-11-18T08:00:00.000Z');
  assert.equal(warnOf({ ...task, dueAt: null }), null);
});

const worker = (over: Partial<Worker> = {}): Worker => ({
  id: 'me',
  roles: ['relations'],
  groups: [{ id: 'g1' }],
  grants: { 'task.work': 'own' },
  ...over,
});
const held = { assigneeId: null, roleKey: 'relations', groupId: null };

test('a step of one’s role may be taken while nobody has it, and worked on by whoever it reaches', () => {
  assert.ok(mayClaim(worker(), held));
  assert.ok(!mayClaim(worker(), { ...held, assigneeId: 'other' }));
  assert.ok(!mayClaim(worker({ roles: ['agent'] }), held));
  assert.ok(!mayClaim(worker(), { ...held, groupId: 'g2' }));
  assert.ok(mayWork(worker(), { ...held, assigneeId: 'me' }));
  assert.ok(!mayWork(worker(), { ...held, assigneeId: 'other' }));
  assert.ok(mayWork(worker({ grants: { 'task.work': 'all' } }), { ...held, assigneeId: 'other' }));
  assert.ok(!mayWork(worker({ grants: {} }), held));
});

test('nobody decides on their own request, and only the role that is asked does', () => {
  const asked = { ...held, roleKey: 'supervisor', requestedById: 'her' };
  assert.ok(!mayDecide(worker(), asked));
  assert.ok(mayDecide(worker({ roles: ['supervisor'] }), asked));
  assert.ok(!mayDecide(worker({ roles: ['supervisor'] }), { ...asked, requestedById: 'me' }));
  assert.ok(mayDecide(worker(), { ...asked, assigneeId: 'me' }), 'a delegate');
});

test('a row opens its ticket, else its conversation, else its customer, else a drawer', () => {
  const none = {
    ticketSeen: true,
    ticketId: null,
    conversationId: null,
    customerId: null,
    recordId: null,
    runId: null,
    playbook: null,
  };
  assert.equal(placeOf({ ...none, ticketId: 't', conversationId: 'c' }).to, '/tickets/$id');
  assert.equal(placeOf({ ...none, conversationId: 'c', customerId: 'x' }).to, '/conversations/$id');
  assert.equal(placeOf({ ...none, customerId: 'x' }).to, '/customers/$id');
  assert.equal(placeOf({ ...none, customerId: 'x', recordId: 'r' }).to, null);
  assert.equal(placeOf(none).to, null);
  const playbook = { key: 'complaint', name: { zh: '客户投诉管理', en: 'Complaints' } };
  assert.deepEqual(placeOf({ ...none, playbook }), { to: '/playbooks/$key', params: { key: 'complaint' } });
  assert.equal(placeOf({ ...none, playbook, runId: 'n' }).to, null);
  assert.equal(placeOf({ ...none, ticketId: 't', ticketSeen: false }).to, null);
});
