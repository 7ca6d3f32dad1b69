import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SettingValue } from '#contracts/routes/settings.ts';
import { previewPriority } from './priority.ts';

const matrix: SettingValue<'matrix'> = {
  cells: [
    { urgency: 'high', impact: 'wide', priority: 'P1' },
    { urgency: 'medium', impact: 'single', priority: 'P3' },
  ],
  p1Users: 100,
  p1Loss: 100_000,
};

test('SD1-12 the preview takes the cell of urgency and impact', () => {
  const preview = previewPriority({ urgency: 'medium', impact: 'single' }, matrix);
  assert.deepEqual(preview, { priority: 'P3', because: 'cell', values: {} });
});

test('SD1-13 the preview says P1 from 100 users on and above a loss of 100 000 元, and why', () => {
  const base = { urgency: 'medium', impact: 'single' } as const;
  assert.equal(previewPriority({ ...base, affectedUsers: 99 }, matrix)?.priority, 'P3');
  assert.equal(previewPriority({ ...base, affectedUsers: 100 }, matrix)?.because, 'users');
  assert.equal(previewPriority({ ...base, lossAmount: 100_000 }, matrix)?.priority, 'P3');
  assert.equal(previewPriority({ ...base, lossAmount: 100_001 }, matrix)?.because, 'loss');
});

test('nothing is promised while the form is half filled', () => {
  assert.equal(previewPriority({ urgency: 'high' }, matrix), null);
});
