import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

type Catalogue = Record<string, string>;
const here = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => JSON.parse(readFileSync(`${here}/${path}`, 'utf8')) as Catalogue;
const sources = (folder: string) =>
  globSync(`${folder}/src/**/*.{ts,tsx}`, { cwd: here })
    .filter((path) => !path.endsWith('.test.ts') && !path.includes('/gallery/'))
    .map((path) => readFileSync(`${here}/${path}`, 'utf8'))
    .join('\n');
const holes = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((hit) => hit[1]).sort();

for (const side of ['ui', 'desk']) {
  const [zh, en] = [read(`${side}/src/i18n/zh-CN.json`), read(`${side}/src/i18n/en.json`)];

  test(`${side}: Chinese and English say the same things with the same values`, () => {
    assert.deepEqual(Object.keys(en).sort(), Object.keys(zh).sort());
    for (const key of Object.keys(zh)) assert.deepEqual(holes(en[key] ?? ''), holes(zh[key] ?? ''), key);
  });

  test(`${side}: Chinese is set as Chinese: full-width punctuation, a space beside Latin words and digits`, () => {
    const bad = Object.entries(zh).filter(([, text]) => {
      const said = text.replace(/\{\{\w+\}\}/g, '8');
      return /[\u4e00-\u9fff][,:;?!]|[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]/.test(said);
    });
    assert.deepEqual(bad, []);
  });

  test(`${side}: no text is left that no screen says`, () => {
    const code = side === 'ui' ? sources('ui') + sources('desk') : sources('desk');
    const said = (key: string) => {
      const family = `${key.slice(0, key.lastIndexOf('.'))}.$\{`;
      return (
        code.includes(`'${key}'`) ||
        code.includes(`'ui:${key}'`) ||
        code.includes(`\`${family}`) ||
        /^settings\.\w+(\.hint)?$/.test(key)
      );
    };
    assert.deepEqual(
      Object.keys(zh).filter((key) => !said(key)),
      [],
    );
  });
}

test('every key that a screen says is in the catalogue', () => {
  const [ui, desk] = [read('ui/src/i18n/zh-CN.json'), read('desk/src/i18n/zh-CN.json')];
  const asked = [
    ...sources('desk').matchAll(/\bt\('([\w.:]+)'/g),
    ...sources('ui').matchAll(/\bt\('(ui:[\w.]+)'/g),
  ].map((hit) => hit[1] ?? '');
  const missing = asked.filter((key) => (key.startsWith('ui:') ? !(key.slice(3) in ui) : !(key in desk)));
  assert.deepEqual(missing, []);
});
