import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { didOf } from './did.ts';

const read = (language: string): Record<string, string> =>
  JSON.parse(readFileSync(new URL(`i18n/${language}.json`, import.meta.url), 'utf8'));
const asked = { zh: '待评分', en: 'To be scored' };

test('a form written by hand has no state, and its line ends in no comma', () => {
  for (const [language, plain, stated] of [
    ['zh-CN', '登记', '登记，{{state}}'],
    ['en', 'registered it', 'registered it, {{state}}'],
  ] as const) {
    assert.equal(read(language)[didOf({ what: 'created', state: null })], plain);
    assert.equal(read(language)[didOf({ what: 'created', state: asked })], stated);
    for (const what of ['changed', 'moved', 'gathered', 'released'] as const)
      assert.ok(read(language)[didOf({ what, state: asked })], what);
  }
});
