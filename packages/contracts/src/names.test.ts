import { test } from 'node:test';
import assert from 'node:assert/strict';
import { surnameOf } from './names.ts';

test('the surname is one character, two where the surname is compound, the last word in letters', () => {
  assert.deepEqual(['王丽', '欧阳锋', '欧阳', 'Anna Lee', ' 李四 '].map(surnameOf), [
    '王',
    '欧阳',
    '欧',
    'Lee',
    '李',
  ]);
});
