import assert from 'node:assert/strict';
import { test } from 'node:test';
import { desktopState } from '../../desktop.ts';
import { badgeIcon } from '../../favicon.ts';
import { loudestOf, volumeOf } from '../../sound.ts';
import { knownOf, newsIn, tellingOf } from './announce.ts';

const notice = (id: string, more: object = {}) => ({
  id,
  at: '2026-11-18T02:00:00Z',
  kind: 'urged',
  title: `标题 ${id}`,
  body: '内容',
  sound: 'ring',
  subjectId: `case-${id}`,
  readAt: null,
  ...more,
});

test('what was there before one came is not told aloud', () => {
  assert.deepEqual(newsIn(null, [notice('a')]), []);
});

test('a new notice and one raised again are news; read ones and offers are not', () => {
  const known = knownOf([notice('a'), notice('b')]);
  const news = newsIn(known, [
    notice('a', { at: '2026-11-18T02:05:00Z' }),
    notice('b'),
    notice('c'),
    notice('d', { readAt: '2026-11-18T02:05:00Z' }),
    notice('e', { kind: 'offered' }),
  ]);
  assert.deepEqual(
    news.map(({ id }) => id),
    ['a', 'c'],
  );
});

test('one is told by its words under its case; several are one digest', () => {
  assert.equal(tellingOf([]), null);
  assert.deepEqual(tellingOf([notice('a')]), { kind: 'one', title: '标题 a', body: '内容', tag: 'case-a' });
  assert.deepEqual(tellingOf([notice('a'), notice('b'), notice('c')]), {
    kind: 'digest',
    count: 3,
    first: '标题 a',
  });
});

test('several sounds are the loudest one; the volume stays in its range', () => {
  assert.equal(loudestOf(['soft', 'alarm', 'none']), 'alarm');
  assert.equal(loudestOf([]), 'none');
  assert.deepEqual([null, '0', '250', 'x'].map(volumeOf), [60, 0, 100, 60]);
});

test('a note of the system needs the browser’s leave and the person’s wish', () => {
  assert.equal(desktopState(null, 'on'), 'unsupported');
  assert.equal(desktopState('denied', 'on'), 'blocked');
  assert.equal(desktopState('default', 'on'), 'off');
  assert.equal(desktopState('granted', 'off'), 'off');
  assert.equal(desktopState('granted', ''), 'on');
});

test('the icon of the tab carries the number', () => {
  assert.match(decodeURIComponent(badgeIcon(3)), />3<\/text>/);
  assert.match(decodeURIComponent(badgeIcon(12)), />9\+<\/text>/);
});
