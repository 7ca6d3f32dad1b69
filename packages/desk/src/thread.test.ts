import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MessageView } from '#contracts/routes/conversations.ts';
import { firstUnreadOf, withNewest, withOlder, withOne, type Thread } from './thread.ts';

const said = (seq: number, authorId: string | null = null): MessageView =>
  ({ id: `m${seq}`, seq, at: `2026-11-18T02:00:${String(seq).padStart(2, '0')}Z`, authorId }) as MessageView;
const page = (seqs: number[], nextCursor: string | null = null) => ({
  items: seqs.map((seq) => said(seq)),
  nextCursor,
});
const ids = ({ messages }: Thread) => messages.map(({ seq }) => seq);

test('the newest page comes newest first and is shown oldest first', () => {
  const thread = withNewest(undefined, page([3, 2, 1]));
  assert.deepEqual(ids(thread), [1, 2, 3]);
  assert.equal(thread.older, null);
});

test('older pages that were loaded stay when the newest page is read again', () => {
  const first = withNewest(undefined, page([4, 3], 'c1'));
  const longer = withOlder(first, page([2, 1]));
  const later = withNewest(longer, page([5, 4], 'c2'));
  assert.deepEqual(ids(later), [1, 2, 3, 4, 5]);
  assert.equal(later.older, null);
});

test('more came than one page holds while the line was broken: no hole is left in the talk', () => {
  const known = withNewest(undefined, page([2, 1]));
  const later = withNewest(known, page([9, 8], 'c9'));
  assert.deepEqual(ids(later), [8, 9]);
  assert.equal(later.older, 'c9');
});

test('a message just sent is there once, also after the page is read again', () => {
  const known = withOne(withNewest(undefined, page([1])), said(2));
  assert.deepEqual(ids(withNewest(known, page([2, 1]))), [1, 2]);
});

test('the first unread message is one of another person', () => {
  const greeting = { ...said(3), authorKind: 'agent', automatic: true } as MessageView;
  const talk = [said(1), said(2, 'me'), greeting, said(4)];
  assert.equal(firstUnreadOf(talk, 0, 'me'), 'm1');
  assert.equal(firstUnreadOf(talk, 1, 'me'), 'm4');
  assert.equal(firstUnreadOf(talk, 4, 'me'), undefined);
});
