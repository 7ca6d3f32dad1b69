import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clockText, clockTone } from './duration.ts';
import { findScore } from './fuzzy.ts';
import { matchKeys, strokeOf, worksWhileTyping, type Stroke } from './keys.ts';

const press = (key: string, over: Partial<Stroke> = {}): Stroke => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...over,
});

test('Enter that only confirms a Chinese candidate is never a command', () => {
  assert.equal(strokeOf(press('Enter', { isComposing: true })), null);
  assert.equal(strokeOf(press('Enter', { keyCode: 229 })), null);
  assert.equal(strokeOf(press('Process')), null);
});

test('the same key means the same under a Chinese input source', () => {
  assert.equal(strokeOf(press('？', { shiftKey: true })), '?');
  assert.equal(strokeOf(press('。')), '.');
});

test('letters are small, Shift is said, signs are themselves', () => {
  assert.equal(strokeOf(press('C', { shiftKey: true })), 'Shift+c');
  assert.equal(strokeOf(press('?', { shiftKey: true })), '?');
  assert.equal(strokeOf(press('k', { metaKey: true })), 'Mod+k');
  assert.equal(strokeOf(press('Enter', { ctrlKey: true, shiftKey: true })), 'Mod+Shift+Enter');
  assert.equal(strokeOf(press('Shift', { shiftKey: true })), null);
});

test('while typing only combinations and function keys act', () => {
  assert.deepEqual(['j', 'g', '?', 'Mod+k', 'F2'].map(worksWhileTyping), [false, false, false, true, true]);
});

test('a chord waits for its second key, and one dot waits for two', () => {
  const bindings = ['g i', 'g q', '.', '. .', '. . .', 'j'];
  assert.deepEqual(matchKeys(bindings, ['g']), { exact: -1, longer: true });
  assert.deepEqual(matchKeys(bindings, ['g', 'q']), { exact: 1, longer: false });
  assert.deepEqual(matchKeys(bindings, ['.']), { exact: 2, longer: true });
  assert.deepEqual(matchKeys(bindings, ['x']), { exact: -1, longer: false });
});

test('a screen overrides the page: the later binding wins', () => {
  assert.equal(matchKeys(['j', 'k', 'j'], ['j']).exact, 2);
});

test('the palette finds by Chinese, by pinyin initials and by code name, in that order', () => {
  const thing = { label: '新建工单', initials: 'xjgd', name: 'tickets.create' };
  assert.ok(findScore('新建', thing) > findScore('xj', thing));
  assert.ok(findScore('xjgd', thing) > findScore('tickets', thing));
  assert.ok(findScore('新工', thing) > 0);
  assert.equal(findScore('投诉', thing), 0);
});

test('clock text keeps two units at most', () => {
  const words = { day: '天', hour: '小时', minute: '分' };
  assert.equal(clockText(65_000, words), '01:05');
  assert.equal(clockText(7_505_000, words), '2:05:05');
  assert.equal(clockText(86_400_000 * 3 + 3_600_000 * 4 + 59_000, words), '3 天 4 小时');
  assert.equal(clockText(-1, words), '00:00');
});

test('a clock is late at its second, before the server has said so', () => {
  assert.equal(clockTone({ dueAt: 1000, warnAt: 500 }, 499), 'ok');
  assert.equal(clockTone({ dueAt: 1000, warnAt: 500 }, 500), 'warn');
  assert.equal(clockTone({ dueAt: 1000, warnAt: 500, state: 'running' }, 1000), 'late');
  assert.equal(clockTone({ dueAt: 1000, state: 'paused' }, 5000), 'paused');
  assert.equal(clockTone({ dueAt: 1000, state: 'met' }, 5000), 'none');
  assert.equal(clockTone({ dueAt: null }, 5000), 'none');
});
