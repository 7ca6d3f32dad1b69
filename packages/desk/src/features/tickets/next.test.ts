import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextOf } from './next.ts';

const row = {
  nextDueAt: '2026-11-18T03:00:00.000Z',
  nextDueKind: 'resolve' as const,
  nextDueState: 'running' as const,
  taskDueAt: '2026-11-18T02:00:00.000Z',
  taskTitle: { zh: '首次联系客户', en: 'First contact' },
  taskState: 'running' as const,
};

test('a row shows one clock: the step or the promise, whichever is due first', () => {
  assert.equal(nextOf(row).of, 'task');
  assert.equal(nextOf({ ...row, taskDueAt: '2026-11-18T04:00:00.000Z' }).of, 'promise');
  assert.equal(nextOf({ ...row, taskDueAt: null }).of, 'promise');
  assert.equal(nextOf({ ...row, nextDueAt: null }).of, 'task');
  assert.equal(
    nextOf({ ...row, taskDueAt: row.nextDueAt }).of,
    'promise',
    'the step goes by the clock of the ticket',
  );
  assert.equal(nextOf({ ...row, taskDueAt: '2026-11-18T09:00:00.000Z', nextDueState: 'paused' }).of, 'task');
});
