import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillCanned, mentionedIn } from './canned.ts';

const facts = { customer: '张伟', agent: '李思', company: '星河家电', number: 'T20261118-0001' };

test('names of customer, agent, company and ticket stand in the words', () => {
  assert.equal(
    fillCanned('{{ customer.name }}您好，我是{company}的{{agent.name}}，编号 {ticket number}。', facts),
    '张伟您好，我是星河家电的李思，编号 T20261118-0001。',
  );
});

test('a hole that cannot be filled stays to be seen', () => {
  assert.equal(
    fillCanned('编号 {{ ticket.number }}，{其他}', { ...facts, number: undefined }),
    '编号 {{ ticket.number }}，{其他}',
  );
});

test('only those still named in the note are told', () => {
  const chosen = [
    { id: 'a', name: '李思' },
    { id: 'b', name: '王芳' },
    { id: 'a', name: '李思' },
  ];
  assert.deepEqual(mentionedIn('@李思 请看一下', chosen), ['a']);
  assert.deepEqual(mentionedIn('没有人', chosen), []);
});
