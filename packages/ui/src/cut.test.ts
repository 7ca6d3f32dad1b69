import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cutTitle } from './cut.ts';

const room = { ellipsis: true, wants: 150, has: 136, text: '新东方文具有限公司 ' };

test('words cut off are told in full', () => {
  assert.equal(cutTitle(room), '新东方文具有限公司');
});

test('words that fit, and words that wrap or scroll, have no tooltip', () => {
  assert.equal(cutTitle({ ...room, wants: 136 }), '');
  assert.equal(cutTitle({ ...room, ellipsis: false }), '');
});
