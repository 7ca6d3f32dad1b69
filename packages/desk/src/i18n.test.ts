import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

type Catalogue = Record<string, string>;
const here = fileURLToPath(new URL('../..', import.meta.url));
/** The catalogue of a side: its own and those its features bring. A key is said in one place only. */
const read = (side: string, language: string): Catalogue => {
  const files = globSync(`${side}/src/{i18n,features/*/i18n}/${language}.json`, { cwd: here });
  const parts = files.map((path) => JSON.parse(readFileSync(`${here}/${path}`, 'utf8')) as Catalogue);
  const keys = parts.flatMap((part) => Object.keys(part));
  assert.equal(new Set(keys).size, keys.length, `${side} ${language}: a key stands in two catalogues`);
  return Object.assign({}, ...parts) as Catalogue;
};
const sources = (folder: string) =>
  globSync(`${folder}/src/**/*.{ts,tsx}`, { cwd: here })
    .filter((path) => !path.endsWith('.test.ts') && !path.includes('/gallery/'))
    .map((path) => readFileSync(`${here}/${path}`, 'utf8'))
    .join('\n');
const holes = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((hit) => hit[1]).sort();
/** i18next takes this key where the count is one; Chinese has no plural and needs none. */
const single = '_one';
/** `tickets.verb.close` may be said as t(`tickets.verb.${verb}`): every beginning up to a dot. */
const families = (key: string) =>
  [...key.matchAll(/\./g)].map(({ index }) => `\`${key.slice(0, index + 1)}$\{`);

for (const side of ['ui', 'desk']) {
  const [zh, en] = [read(side, 'zh-CN'), read(side, 'en')];

  test(`${side}: Chinese and English say the same things with the same values`, () => {
    const plain = Object.keys(en).filter((key) => !key.endsWith(single));
    assert.deepEqual(plain.sort(), Object.keys(zh).sort());
    for (const key of Object.keys(en))
      assert.deepEqual(holes(en[key] ?? ''), holes(zh[key.replace(/_one$/, '')] ?? ''), key);
  });

  test(`${side}: English says one step, not 1 steps`, () => {
    const plural = /\{\{count\}\} (?:[a-z]+ ){0,2}[a-z]{2,}s\b/;
    const bad = Object.keys(en).filter(
      (key) => plural.test(en[key]!) && !key.endsWith(single) && !(`${key}${single}` in en),
    );
    assert.deepEqual(bad, []);
  });

  test(`${side}: Chinese is set as Chinese: full-width punctuation, a space beside Latin words and digits`, () => {
    const bad = Object.entries(zh).filter(([, text]) => {
      const said = text.replace(/\{\{\w+\}\}/g, '');
      return /[\u4e00-\u9fff][,:;?!]|[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]/.test(said);
    });
    assert.deepEqual(bad, []);
  });

  test(`${side}: no text is left that no screen says`, () => {
    const code = side === 'ui' ? sources('ui') + sources('desk') : sources('desk');
    const said = (key: string) =>
      code.includes(`'${key}'`) ||
      code.includes(`'ui:${key}'`) ||
      families(key).some((family) => code.includes(family));
    assert.deepEqual(
      Object.keys(zh).filter((key) => !said(key)),
      [],
    );
  });
}

test('every key that a screen says is in the catalogue', () => {
  const [ui, desk] = [read('ui', 'zh-CN'), read('desk', 'zh-CN')];
  const asked = [
    ...sources('desk').matchAll(/\bt\('([\w.:]+)'/g),
    ...sources('ui').matchAll(/\bt\('(ui:[\w.]+)'/g),
  ].map((hit) => hit[1] ?? '');
  const missing = asked.filter((key) => (key.startsWith('ui:') ? !(key.slice(3) in ui) : !(key in desk)));
  assert.deepEqual(missing, []);
});
