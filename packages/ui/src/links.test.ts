import { test } from 'node:test';
import assert from 'node:assert/strict';
import { piecesOf } from './links.ts';

test('SD3l-03 a product card shows name and price, and its link can be followed', () => {
  const card = '【星河 10 公斤滚筒】\n价格：2999 元\n查看详情：https://shop.example.cn/w10';
  const pieces = piecesOf(card);
  assert.equal(pieces.map(({ text }) => text).join(''), card, 'not a word is lost');
  assert.deepEqual(
    pieces.filter(({ href }) => href),
    [{ text: 'https://shop.example.cn/w10', href: 'https://shop.example.cn/w10' }],
  );
  assert.match(pieces[0]!.text, /【星河 10 公斤滚筒】\n价格：2999 元/);
});

test('punctuation at the end is no part of a link, several links are several, and nothing but http is one', () => {
  const links = (words: string) => piecesOf(words).flatMap(({ href }) => href ?? []);
  assert.deepEqual(links('看 https://a.example/x。或 http://b.example/y?z=1, 谢谢'), [
    'https://a.example/x',
    'http://b.example/y?z=1',
  ]);
  assert.deepEqual(links('javascript:alert(1) data:text/html,x ftp://a.example www.a.example'), []);
  assert.deepEqual(links('https://'), []);
  assert.deepEqual(piecesOf(''), []);
});
