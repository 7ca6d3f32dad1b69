import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ticketStatuses } from '#contracts/words.ts';
import { foremost, refusal, remindersOf, type CloseFacts } from './rules.ts';

const all = () => true;
const ticket = (status: (typeof ticketStatuses)[number], more = {}) => ({
  status,
  confirmedAt: null,
  verification: null,
  closedAt: null,
  assigneeId: null,
  ...more,
});
const rule = { reminders: 3, businessDays: 3, archiveAfterHours: 24, reopenDays: 30 };
const close = (more: Partial<CloseFacts> = {}): CloseFacts => ({
  reminders: 0,
  firstReminderAt: null,
  rule,
  now: Date.parse('2026-11-18T02:00:00Z'),
  ...more,
});
const verified = { type: 'works_normally', by: '王敏', at: '2026-11-18T01:00:00Z' } as const;

test('SD1-35 closing is refused with a reason until the customer has confirmed and it was verified', () => {
  assert.equal(refusal('close', ticket('resolved'), all, close()), 'unconfirmed');
  const confirmed = ticket('pending_confirmation', { confirmedAt: '2026-11-18T01:00:00Z' });
  assert.equal(refusal('close', confirmed, all, close()), 'unverified');
  assert.equal(refusal('close', { ...confirmed, verification: verified }, all, close()), null);
});

test('SD4-22 a complaint is not closed before the manager has called back, by a supervisor only', () => {
  const confirmed = ticket('resolved', { confirmedAt: '2026-11-18T01:00:00Z', verification: verified });
  const owed = close({ callbackOwed: true });
  assert.equal(refusal('close', confirmed, all, owed), 'callbackOwed');
  assert.equal(refusal('override', confirmed, all, owed), null);
  assert.equal(refusal('close', confirmed, all, close()), null);
  assert.equal(refusal('override', confirmed, all, close()), 'notNeeded');
  const silent = { ...owed, reminders: 3, firstReminderAt: '2026-11-14T02:00:00Z' };
  assert.equal(refusal('close', ticket('resolved'), all, silent), 'callbackOwed');
  // The way out is offered to who may approve complaints, while the call is owed.
  assert.equal(refusal('callBack', confirmed, all, owed), null);
  assert.equal(refusal('callBack', confirmed, all, close()), 'callBack');
  assert.equal(
    refusal('callBack', confirmed, (permission) => permission !== 'complaint.approve', owed),
    'permission',
  );
  assert.deepEqual(foremost({ ...confirmed, assigneeId: null }, owed), ['callBack', 'close']);
  assert.deepEqual(foremost({ ...confirmed, assigneeId: null }, close()), ['close']);
});

test('C8 three reminders and three days without an answer allow closing', () => {
  const told = close({ reminders: 3, firstReminderAt: '2026-11-14T02:00:00Z' });
  assert.equal(refusal('close', ticket('resolved'), all, told), null);
  assert.equal(refusal('close', ticket('resolved'), all, { ...told, reminders: 2 }), 'unconfirmed');
  const tooSoon = { ...told, firstReminderAt: '2026-11-17T02:00:00Z' };
  assert.equal(refusal('close', ticket('resolved'), all, tooSoon), 'unconfirmed');
});

test('a supervisor’s override is offered only where closing is refused', () => {
  assert.equal(refusal('override', ticket('resolved'), all, close()), null);
  const ready = ticket('pending_confirmation', {
    confirmedAt: '2026-11-18T01:00:00Z',
    verification: verified,
  });
  assert.equal(refusal('override', ready, all, close()), 'notNeeded');
  assert.equal(
    refusal('override', ticket('resolved'), () => false, close()),
    'permission',
  );
});

test('SD1-36 nothing is offered on an archived ticket', () => {
  for (const verb of ['claim', 'assign', 'edit', 'reopen', 'link'] as const)
    assert.equal(refusal(verb, ticket('archived'), all, close()), 'archived');
});

test('SD1-35 C8 after the reopen days a closed ticket goes on in a new one only', () => {
  const closed = (closedAt: string) => ticket('closed', { closedAt });
  const lately = closed('2026-10-19T02:00:00Z');
  assert.equal(refusal('reopen', lately, all, close()), null);
  assert.deepEqual(foremost(lately, close()), ['reopen', 'archive']);
  const long = closed('2026-10-19T01:59:59Z');
  assert.equal(refusal('reopen', long, all, close()), 'reopenOver');
  assert.equal(foremost(long, close())[0], 'followUp');
  assert.equal(refusal('followUp', long, all, close()), null);
  assert.equal(refusal('followUp', ticket('archived'), all, close()), null);
  assert.equal(refusal('followUp', ticket('in_progress'), all, close()), 'followUp');
});

test('every state has its next right step, and that step is possible in it', () => {
  for (const status of ticketStatuses) {
    const [first] = foremost(ticket(status));
    if (first) assert.equal(refusal(first, ticket(status), all, close()), null, status);
  }
});

test('only reminders since the last solution count', () => {
  const story = [
    { type: 'ticket.confirm_reminded', at: '2026-11-18T02:00:00Z' },
    { type: 'ticket.confirm_reminded', at: '2026-11-17T02:00:00Z' },
    { type: 'ticket.resolved', at: '2026-11-16T02:00:00Z' },
    { type: 'ticket.confirm_reminded', at: '2026-11-10T02:00:00Z' },
  ];
  assert.deepEqual(remindersOf(story), { reminders: 2, firstReminderAt: '2026-11-17T02:00:00Z' });
});
