import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TicketView } from '#contracts/routes/tickets.ts';
import { changesOf, clashes, startOf } from './changes.ts';

const seen = {
  subject: '洗衣机漏水',
  category: 'tech.fault',
  description: '【现象】漏水',
  urgency: 'medium',
  impact: 'single',
  affectedUsers: null,
  lossAmount: null,
  expectedAt: '2026-11-20T02:00:00.000Z',
  isEmergency: false,
  priority: 'P3',
} as unknown as TicketView;

test('only what was changed is sent', () => {
  assert.deepEqual(changesOf(seen, startOf(seen)), {});
  assert.deepEqual(changesOf(seen, { ...startOf(seen), urgency: 'high' }), { urgency: 'high' });
});

test('the same instant written otherwise is no change; taking it away is one', () => {
  assert.deepEqual(changesOf(seen, { ...startOf(seen), expectedAt: '2026-11-20T10:00:00+08:00' }), {});
  assert.deepEqual(changesOf(seen, { ...startOf(seen), expectedAt: null }), { expectedAt: null });
});

test('a reason goes only with an overridden priority', () => {
  assert.deepEqual(changesOf(seen, { ...startOf(seen), reason: '客户重要' }), {});
  assert.deepEqual(changesOf(seen, { ...startOf(seen), priority: 'P1', reason: ' 客户重要 ' }), {
    priority: 'P1',
    reason: '客户重要',
  });
});

test('a field both have changed is shown with both values; other people’s fields are no clash', () => {
  const newest = { ...seen, subject: '洗衣机底部漏水', urgency: 'high' } as TicketView;
  const mine = { subject: '洗衣机门漏水', impact: 'group' } as const;
  assert.deepEqual(clashes(seen, newest, mine), [
    { field: 'subject', theirs: '洗衣机底部漏水', mine: '洗衣机门漏水' },
  ]);
});
