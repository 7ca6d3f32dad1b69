import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hitsIn } from './guard.ts';

const list = [
  { kind: 'forbidden', text: '不归我管', better: '我来帮您联系' },
  { kind: 'exaggeration', text: '100%有效' },
  { kind: 'careless', text: '好的' },
] as const;

test('SD0-05 a phrase is found as it was written, with what to say instead; twice is once', () => {
  assert.deepEqual(hitsIn('这不归 我管，真的不归 我管', 'public', list), [
    { text: '不归 我管', kind: 'forbidden', better: '我来帮您联系' },
  ]);
  assert.deepEqual(hitsIn('100% 有效', 'public', list), [{ text: '100% 有效', kind: 'exaggeration' }]);
  assert.deepEqual(hitsIn('好的，我马上查', 'public', list), []);
});

test('a note to colleagues is not looked at', () => {
  assert.deepEqual(hitsIn('不归我管', 'internal', list), []);
});
