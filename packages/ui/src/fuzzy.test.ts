import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findScore, worthAsking } from './fuzzy.ts';

test('a surname of one character is looked for; one letter, one digit or a blank is not', () => {
  for (const query of ['郭', ' 郭', '郭静', '1035', 'T2']) assert.ok(worthAsking(query), query);
  for (const query of ['', ' ', 'g', ' 1 ']) assert.ok(!worthAsking(query), query);
});

test('an action is found by its label, its initials and its code, the label counting most', () => {
  const thing = { label: '新建工单', initials: 'xjgd', name: 'tickets.create' };
  const [label, initials, name] = ['新建', 'xj', 'create'].map((query) => findScore(query, thing));
  assert.ok(label! > initials! && initials! > name! && name! > 0);
  assert.equal(findScore('zzz', thing), 0);
});
