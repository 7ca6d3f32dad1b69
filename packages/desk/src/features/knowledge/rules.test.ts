import assert from 'node:assert/strict';
import { test } from 'node:test';
import { citedIn, differences, lineDifferences, sentencesOf } from './rules.ts';
import { readKnowledgeSearch } from './search.ts';

test('lines that stayed, went and came', () =>
  assert.deepEqual(lineDifferences('先断电\n拆螺栓\n装回', '拆螺栓\n装上塑料塞\n装回'), [
    { text: '先断电', kind: 'gone' },
    { text: '拆螺栓', kind: 'same' },
    { text: '装上塑料塞', kind: 'new' },
    { text: '装回', kind: 'same' },
  ]));

test('two very long texts stand whole beside each other, at once', () => {
  const lines = lineDifferences('\n'.repeat(10_000), `${'\n'.repeat(9_999)}末行`);
  assert.deepEqual(
    [lines.length, lines[0]!.kind, lines.at(-1)],
    [20_001, 'gone', { text: '末行', kind: 'new' }],
  );
});

test('only the parts that differ are told', () => {
  const content = {
    title: { zh: '保修', en: '' },
    body: { zh: '六年', en: '' },
    keywords: ['质保'],
    category: null,
    audience: 'public' as const,
    reviewBy: null,
  };
  assert.deepEqual(differences(content, content), []);
  assert.deepEqual(
    differences(content, { ...content, body: { zh: '八年', en: '' }, keywords: ['质保', '保修'] }),
    [
      { part: 'bodyZh', before: '六年', after: '八年' },
      { part: 'keywords', before: '质保', after: '质保、保修' },
    ],
  );
});

test('an article is cited while one of its sentences still stands in the answer', () => {
  const one = {
    articleId: 'a',
    version: 2,
    sentences: sentencesOf('请先断开电源。\n拆除机身背面的四颗运输螺栓；螺栓请保留。'),
  };
  assert.deepEqual(citedIn('您好，拆除机身背面的四颗运输螺栓即可。', [one, one]), [
    { articleId: 'a', version: 2 },
  ]);
  assert.deepEqual(citedIn('您好，我再确认一下。', [one]), []);
  assert.deepEqual(sentencesOf('六年。'), ['六年']);
});

test('the address keeps what is looked for and drops what makes no sense', () => {
  assert.deepEqual(readKnowledgeSearch({ q: 7300, match: 'all', due: 'true', v: '2' }), {
    q: '7300',
    match: 'all',
    due: true,
    v: 2,
  });
  assert.deepEqual(
    readKnowledgeSearch({ q: '  ', match: 'some', audience: 'x', state: 'published', v: -1 }),
    {},
  );
});
