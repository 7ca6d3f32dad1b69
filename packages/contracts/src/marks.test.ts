import assert from 'node:assert/strict';
import { test } from 'node:test';
import { marks } from './marks.ts';

test('a text is cut at the words that were looked for, longest first, signs taken as they are', () => {
  assert.deepEqual(marks('机构认购费率 E3', ['认购', '认购费率', 'e3']), [
    { text: '机构', hit: false },
    { text: '认购费率', hit: true },
    { text: ' ', hit: false },
    { text: 'E3', hit: true },
  ]);
  assert.deepEqual(marks('a.b axb', ['a.b']).filter(({ hit }) => hit).length, 1);
  assert.deepEqual(marks('没有', []), [{ text: '没有', hit: false }]);
});
