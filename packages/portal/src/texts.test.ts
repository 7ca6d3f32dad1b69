import { test } from 'node:test';
import assert from 'node:assert/strict';
import { spaced, texts } from './texts.ts';

test('the portal speaks both languages with the same keys and blanks', () => {
  assert.deepEqual(Object.keys(texts.en).toSorted(), Object.keys(texts['zh-CN']).toSorted());
  const blanks = (words: string) => [...words.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).toSorted();
  for (const key of Object.keys(texts.en) as (keyof typeof texts.en)[])
    assert.deepEqual(blanks(texts.en[key]), blanks(texts['zh-CN'][key]), key);
});

test('a weekday stands apart from the hour', () => {
  assert.equal(spaced('周五09:00'), '周五 09:00');
  assert.equal(spaced('Fri 09:00'), 'Fri 09:00');
});
