import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clashesOf, keysOf } from './bindings.ts';

const reply = { name: 'ticket.reply', group: 'tickets', keys: ['r'] };
const note = { name: 'ticket.note', group: 'tickets', keys: ['n'] };
const answer = { name: 'talk.reply', group: 'talks', keys: ['r'] };
const go = { name: 'go.queue', group: 'go', keys: ['g q'] };
const send = { name: 'composer.send', group: 'tickets', keys: ['Mod+Enter'], fixed: true };
const all = [reply, note, answer, go, send];

test('one’s own key takes the place of all keys of an action; none switches it off; fixed ones stay', () => {
  assert.deepEqual(keysOf(reply, {}), ['r']);
  assert.deepEqual(keysOf(reply, { 'ticket.reply': 'Shift+r' }), ['Shift+r']);
  assert.deepEqual(keysOf(reply, { 'ticket.reply': '' }), []);
  assert.deepEqual(keysOf(send, { 'composer.send': 'x' }), ['Mod+Enter']);
});

test('a key is taken on the same screen and everywhere, not on another screen', () => {
  assert.deepEqual(clashesOf(note, 'r', all, {}, ['go']), ['ticket.reply']);
  assert.deepEqual(clashesOf(note, 'g', all, {}, ['go']), ['go.queue']);
  assert.deepEqual(clashesOf(note, 'y', all, {}, ['go']), []);
  assert.deepEqual(clashesOf(note, '', all, {}, ['go']), []);
  assert.deepEqual(clashesOf(go, 'r', all, {}, ['go']), ['ticket.reply', 'talk.reply']);
});

test('a key somebody has given away is free', () => {
  assert.deepEqual(clashesOf(note, 'r', all, { 'ticket.reply': 'y' }, ['go']), []);
});
