import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settle, type Place } from './steady.ts';

const list = (...keys: string[]): Place[] =>
  keys.map((key) => {
    const [tier = '', name = ''] = key.split('/');
    return { key: name, tier };
  });

test('nobody holds the list: it is as the server orders it', () => {
  const fresh = list('me/b', 'me/a');
  assert.deepEqual(settle(list('me/a', 'me/b'), fresh, false).places, fresh);
});

test('the pointer is in the list: a customer who has waited longer does not push the others down, and is announced', () => {
  const shown = list('me/a', 'me/b', 'them/c');
  const settled = settle(shown, list('me/new', 'me/b', 'me/a', 'them/c'), true);
  assert.deepEqual(settled.places, shown);
  assert.deepEqual(settled.waiting, ['new']);
});

test('the pointer is in the list: a row keeps its tier and its place though the ball has changed sides', () => {
  const shown = list('me/a', 'them/b');
  assert.deepEqual(settle(shown, list('me/b', 'them/a'), true).places, shown);
});

test('the pointer is in the list: a row that ended stays where it was, marked as gone', () => {
  const settled = settle(list('me/a', 'me/b'), list('me/b'), true);
  assert.deepEqual(settled.places, list('me/a', 'me/b'));
  assert.deepEqual([...settled.gone], ['a']);
});

test('the next page joins at the end while the pointer is in the list', () => {
  const settled = settle(list('me/a', 'me/b'), list('me/a', 'me/b', 'me/c', 'me/d'), true);
  assert.deepEqual(settled.places, list('me/a', 'me/b', 'me/c', 'me/d'));
  assert.deepEqual(settled.waiting, []);
});

test('a next page that begins another tier joins below it, a row for a tier further up waits', () => {
  const settled = settle(
    list('mail/a', 'phone/b'),
    list('mail/a', 'phone/b', 'phone/c', 'web/d', 'mail/e'),
    true,
  );
  assert.deepEqual(settled.places, list('mail/a', 'phone/b', 'phone/c', 'web/d'));
  assert.deepEqual(settled.waiting, ['e']);
});
