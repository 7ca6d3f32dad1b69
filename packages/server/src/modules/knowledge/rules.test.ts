import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compare, excerptOf, indexOf, measure, plain, wantedIn, wordsOf } from './rules.ts';

const said = (title: string, keywords: string, body: string) => ({
  title: plain(title),
  keywords: plain(keywords),
  body: plain(body),
});
const measured = (query: string, ...texts: [string, string, string]) => ({
  ...measure(wantedIn(query), said(...texts)),
  used: 0,
});

describe('what is wanted', () => {
  test('spaces and punctuation part it, the same twice counts once, | gives alternatives', () => {
    assert.deepEqual(wordsOf(wantedIn('认购 费率，机构 费率')), ['认购', '费率', '机构']);
    const [first, second, ...rest] = wantedIn('认购|申购 费率');
    assert.deepEqual(
      first!.map(({ words }) => words),
      [['认购'], ['申购']],
    );
    assert.equal(second!.length, 1);
    assert.deepEqual(rest, []);
    assert.deepEqual(wantedIn(' | ，。 '), []);
  });
  test('full width and upper case are one with half width and lower case', () =>
    assert.deepEqual(wordsOf(wantedIn('Ｅ３故障')), ['e3', '故障']));
  test('a sentence is asked for pair by pair, without the pairs that ask nothing', () => {
    const words = wordsOf(wantedIn('热水器怎么不出热水'));
    assert.ok(words.includes('热水') && words.includes('水器'));
    assert.ok(!words.includes('怎么'));
  });
  test('however long the question, it asks for a bounded number of things', () =>
    assert.equal(wantedIn(Array.from({ length: 200 }, (_, n) => `w${n}`).join(' ')).length, 24));
});

describe('the order of what is found', () => {
  test('all words before some, wherever they stand', () => {
    const all = measured('认购 费率 机构', '收费说明', '', '机构客户的认购费率为 0.6%');
    const some = measured('认购 费率 机构', '认购费率', '认购 费率', '个人客户');
    assert.equal(all.held, 3);
    assert.equal(some.held, 2);
    assert.ok(compare(all, some) < 0);
  });
  test('title before keywords before text', () => {
    const [title, keywords, body] = [
      measured('退货', '退货说明', '', ''),
      measured('退货', '说明', '退货', ''),
      measured('退货', '说明', '', '如何退货'),
    ];
    assert.ok(compare(title, keywords) < 0);
    assert.ok(compare(keywords, body) < 0);
  });
  test('an alternative counts like the word itself, the better one', () =>
    assert.deepEqual(measured('认购|申购', '申购流程', '', ''), measured('申购', '申购流程', '', '')));
});

test('the index holds pairs, words, and where they stand', () => {
  const terms = new Set(indexOf(said('认购费率', '机构', '机构客户适用 E3 档')));
  for (const term of ['认购', '购费', '^认购', '#机构', '客户', 'e3', '^费'])
    assert.ok(terms.has(term), term);
  for (const term of ['^机构', '#认购', '户', '^e3']) assert.ok(!terms.has(term), term);
});

test('an excerpt shows the place where the words stand', () => {
  const body = `${'前言'.repeat(60)}脱水时异响多为运输螺栓未拆。${'后记'.repeat(80)}`;
  const excerpt = excerptOf(body, ['运输螺栓']);
  assert.ok(excerpt.startsWith('…') && excerpt.includes('运输螺栓') && excerpt.endsWith('…'));
  assert.equal(excerptOf('短文', ['没有']), '短文');
});
