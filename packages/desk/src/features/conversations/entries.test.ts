import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conversationEvents, sideOf } from './entries.ts';

test('the customer stands on one side, we on the other, and what only colleagues see is a note', () => {
  assert.equal(sideOf({ visibility: 'public', authorKind: 'customer', authorId: null }), 'in');
  assert.equal(sideOf({ visibility: 'public', authorKind: 'agent', authorId: 'a' }), 'out');
  assert.equal(sideOf({ visibility: 'public', authorKind: 'system', authorId: null }), 'out');
  assert.equal(sideOf({ visibility: 'internal', authorKind: 'agent', authorId: 'a' }), 'note');
});

test('a mail of an unverified sender is on the customer’s side though only colleagues see it', () => {
  assert.equal(sideOf({ visibility: 'internal', authorKind: 'unverified', authorId: null }), 'in');
});

test('what a machine said inside is an event, also when it speaks for an agent', () => {
  assert.equal(sideOf({ visibility: 'internal', authorKind: 'agent', authorId: null }), 'system');
  assert.equal(sideOf({ visibility: 'internal', authorKind: 'system', authorId: null }), 'system');
  assert.equal(sideOf({ visibility: 'system', authorKind: 'system', authorId: null }), 'system');
});

test('a conversation tells when it was opened, queued and accepted, and how long the customer waited', () => {
  const events = conversationEvents({
    openedAt: '2026-11-18T02:00:00Z',
    queuedAt: '2026-11-18T02:00:01Z',
    acceptedAt: '2026-11-18T02:00:09Z',
    closedAt: null,
  });
  assert.deepEqual(
    events.map(({ key }) => key),
    ['opened', 'queued', 'accepted'],
  );
  assert.equal(events[2]?.seconds, 8);
});
