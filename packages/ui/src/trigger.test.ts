import assert from 'node:assert/strict';
import { test } from 'node:test';
import { insertAt, triggerAt } from './trigger.ts';

const at = (text: string) => triggerAt(text, text.length);

test('a sign asks for a menu where a person would mean it', () => {
  assert.deepEqual(at('@李'), { sign: '@', query: '李', from: 0 });
  assert.deepEqual(at('请看#T2026'), { sign: '#', query: 'T2026', from: 2 });
  assert.deepEqual(at('您好\n/退款'), { sign: '/', query: '退款', from: 3 });
  assert.deepEqual(at('您好，::姓'), { sign: '::', query: '姓', from: 3 });
  assert.deepEqual(at('工单：：号')?.sign, '::');
  assert.deepEqual(at('＠王')?.sign, '@');
  assert.deepEqual(at('、问候')?.sign, '/', 'the key of / under a Chinese input source');
});

test('mail addresses, dates, paths and lists ask for nothing', () => {
  for (const text of [
    'a@b',
    '11/18',
    '苹果、梨',
    'https://x',
    'std::vector',
    '颜色 a#1',
    '@李 你好',
    '@李，请看',
    '#'.padEnd(40, 'x'),
  ])
    assert.equal(at(text), null, text);
});

test('what is chosen takes the place of sign and query', () => {
  const text = '请 @李 看一下';
  const trigger = triggerAt(text, 4)!;
  assert.deepEqual(insertAt(text, 4, trigger, '@李思 '), { text: '请 @李思  看一下', caret: 6 });
});
