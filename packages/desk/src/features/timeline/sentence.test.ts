import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { events } from '#contracts/events.ts';
import { isQuiet, kindOf, sentenceOf, told, type Say } from './sentence.ts';

const read = (language: string) =>
  JSON.parse(readFileSync(new URL(`i18n/${language}.json`, import.meta.url), 'utf8')) as Record<
    string,
    string
  >;
const [zh, en] = [read('zh-CN'), read('en')];
const say: Say = {
  person: (id) => `person ${String(id)}`,
  group: (id) => `group ${String(id)}`,
  word: (list, code) => `${list} ${String(code)}`,
  category: (key) => String(key),
  field: (name) => name,
  stamp: (at) => String(at),
  minutes: (count) => `${count} min`,
  list: (items) => items.join('、'),
  said: (words) => words?.zh ?? '—',
  late: () => '（超时）',
  state: (kind, state) => `${kind} ${state}`,
};
const fill = (text: string, values: Record<string, string>) =>
  text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => values[name] ?? whole);
const facts = (type: string, data: Record<string, unknown> = {}) => ({
  type,
  data,
  title: '',
  channel: null,
});

test('every event of a ticket, conversation, customer, talk, survey or mail is told by a sentence', () => {
  const subjects = /ticket|conversation|customer|thread|survey|mail|task|run|record/;
  const missing = Object.entries(events)
    .filter(([type, { subject }]) => subjects.test(subject) && type !== 'typing.changed')
    .map(([type]) => type)
    .filter((type) => !(type in told));
  assert.deepEqual(missing, []);
});

test('every sentence stands in both languages, in every case it can take', () => {
  for (const type of Object.keys(told)) {
    const keys = Object.keys(zh).filter((key) => key === `story.${type}` || key.startsWith(`story.${type}.`));
    assert.ok(keys.length > 0, type);
    for (const key of keys) assert.ok(en[key], key);
  }
});

const examples: Array<[string, Record<string, unknown>, string]> = [
  ['ticket.assigned', { from: null, to: 'b' }, '分派给 person b'],
  ['ticket.assigned', { from: 'a', to: 'b', note: '下班' }, '由 person a 转派给 person b'],
  ['ticket.escalated', { level: 2, reason: '卡住', late: false }, '升级至第 2 级'],
  ['ticket.confirmed', { by: 'customer' }, '确认问题已解决'],
  [
    'deadline.resumed',
    { deadlineId: 'd', kind: 'resolve', dueAt: '2026-02-25', pausedMinutes: 90 },
    '「deadlineKind resolve」恢复计时，暂停了 90 min，改为 2026-02-25 到期',
  ],
  ['deadline.met', { deadlineId: 'd', kind: 'respond', late: true }, '「deadlineKind respond」超时后完成'],
  ['conversation.offer_missed', { agentId: 'a', reason: 'timeout' }, 'person a 未及时接起，回到排队'],
];
for (const [type, data, text] of examples) {
  test(`${type} is told as ${text}`, () => {
    const { key, values } = sentenceOf(facts(type, data), say);
    assert.equal(fill(zh[key] ?? key, values), text);
    assert.doesNotMatch(fill(en[key] ?? key, values), /\{\{/);
  });
}

const step = { words: { zh: '首次联系客户', en: 'First contact' }, number: 'TS001' };
const work: Array<[string, Record<string, unknown>, string]> = [
  ['task.done', { kind: 'step', outcome: 'done', late: false }, '完成步骤「首次联系客户」'],
  ['task.done', { kind: 'step', outcome: 'done', late: true }, '完成步骤「首次联系客户」（超时）'],
  ['task.done', { kind: 'approval', outcome: 'rejected', late: false }, '驳回「首次联系客户」'],
  [
    'task.done',
    { kind: 'callback', outcome: 'reached', late: false },
    '「首次联系客户」：callOutcome reached',
  ],
  ['task.skipped', { reason: '客户在国外' }, '跳过步骤「首次联系客户」'],
  ['record.created', { kind: 'complaint_form' }, '登记了首次联系客户 TS001'],
  [
    'record.moved',
    { kind: 'order', from: null, to: 'visited', note: null },
    '首次联系客户 TS001 变为 order visited',
  ],
  ['run.ended', { playbook: 'complaint', outcome: 'closed_loop' }, '流程「首次联系客户」已完成'],
];
for (const [type, data, text] of work) {
  test(`${type} ${JSON.stringify(data)} is told as ${text}`, () => {
    const { key, values } = sentenceOf({ ...facts(type, data), ...step }, say);
    assert.equal(fill(zh[key] ?? key, values), text);
    assert.doesNotMatch(fill(en[key] ?? key, values), /\{\{/);
  });
}

test('a step is told when it is done, not when it is reached', () => {
  assert.ok(isQuiet('run.reached'));
  assert.ok(isQuiet('task.opened', { runId: 'r' }));
  assert.ok(!isQuiet('task.opened', { runId: null }));
  assert.ok(!isQuiet('task.done'));
});

test('what a person wrote stands beside the sentence', () => {
  assert.equal(sentenceOf(facts('ticket.held', { reason: '等备件' }), say).note, '等备件');
});

test('an event that is newer than this screen keeps the title of the server', () => {
  const { key, values } = sentenceOf({ ...facts('parcel.lost'), title: '包裹丢失' }, say);
  assert.equal(fill(zh[key] ?? '', values), '包裹丢失');
});

test('the story can be narrowed to talk, handling or clocks', () => {
  assert.equal(kindOf('message.posted'), 'talk');
  assert.equal(kindOf('ticket.assigned'), 'handling');
  assert.equal(kindOf('deadline.breached'), 'clocks');
});
