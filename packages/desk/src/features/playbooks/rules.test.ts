import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OpenStep, RunView } from '#contracts/routes/playbooks.ts';
import {
  answersOf,
  endingOf,
  faultsIn,
  foremost,
  maySkip,
  readDraft,
  shownFields,
  startOf,
  withDraft,
} from './rules.ts';

const words = { zh: '名称', en: 'name' };
const open = (over: Record<string, unknown> = {}): OpenStep =>
  ({
    task: { id: 'k1', kind: 'step' },
    step: { key: 'register', name: words, kind: 'do' },
    scripts: [],
    fields: [
      {
        key: 'how',
        zh: '方式',
        en: 'How',
        type: 'choice',
        required: true,
        options: [{ key: 'phone', zh: '电话', en: 'Phone' }],
      },
    ],
    form: {
      kind: 'complaint_form',
      name: words,
      fields: [
        { key: 'recurrence', zh: '重复投诉', en: 'Recurring', type: 'yes' },
        {
          key: 'earlier',
          zh: '此前的工单号',
          en: 'Earlier',
          type: 'text',
          required: { 'data.recurrence': true },
          showIf: { 'data.recurrence': true },
        },
        { key: 'vip', zh: '级别', en: 'Level', type: 'text', showIf: { 'customer.level': 'vip' } },
      ],
    },
    values: { how: 'phone', earlier: 'T1', other: 'x' },
    facts: { customer: { level: 'normal' } },
    ticked: [],
    next: [],
    ...over,
  }) as unknown as OpenStep;

test('a field is shown, asked for and sent only while its condition holds', () => {
  const names = (record: Record<string, unknown>) =>
    shownFields(open(), 'record', { record }).map(({ field, required }) => `${field.key}:${required}`);
  assert.deepEqual(names({}), ['recurrence:false']);
  assert.deepEqual(names({ recurrence: true }), ['recurrence:false', 'earlier:true']);
  const vip = open({ facts: { customer: { level: 'vip' } } });
  assert.deepEqual(
    shownFields(vip, 'record', {}).map(({ field }) => field.key),
    ['recurrence', 'vip'],
  );
  assert.deepEqual(answersOf(open(), 'record', { record: { recurrence: false, earlier: 'T1' } }), {
    recurrence: false,
  });
  assert.deepEqual(answersOf(open(), 'record', { record: { recurrence: true, earlier: '' } }), {
    recurrence: true,
  });
});

test('what is missing is told before it is sent, at its own field', () => {
  const faults = faultsIn(open(), { answers: {}, record: { recurrence: true } });
  assert.deepEqual(
    faults.map(({ part, key, code }) => `${part}/${key} ${code}`),
    ['answers/how REQUIRED', 'record/earlier REQUIRED'],
  );
  assert.deepEqual(faultsIn(open(), { answers: { how: 'phone' }, record: {} }), []);
});

test('fields begin with what is known, and what was typed on this device lies over it', () => {
  assert.deepEqual(startOf(open()), { answers: { how: 'phone' }, record: { earlier: 'T1' } });
  assert.deepEqual(withDraft(startOf(open()), readDraft('{"record":{"earlier":"T9"}}')), {
    answers: { how: 'phone' },
    record: { earlier: 'T9' },
  });
  assert.equal(readDraft('nonsense'), undefined);
});

test('a step ends with one button, a choice, the outcome of a call, or a decision', () => {
  const of = (kind: string, step: Record<string, unknown>) =>
    endingOf({ task: { kind }, step } as unknown as OpenStep);
  assert.equal(of('step', { kind: 'do' }), 'done');
  assert.equal(of('step', { kind: 'decide', choices: [{}, {}] }), 'choice');
  assert.equal(of('callback', { kind: 'call' }), 'call');
  assert.equal(of('approval', { kind: 'approve' }), 'approval');
});

test('the step asked for is foremost, else the first that is mine, else the first', () => {
  const runs = [
    { open: [open({ task: { id: 'a' } }), open({ task: { id: 'b' } })] },
    { open: [open({ task: { id: 'c' } })] },
  ] as unknown as RunView[];
  const id = (wanted: string | null, mine: string) =>
    foremost(runs, wanted, ({ task }) => task.id === mine)?.open.task.id;
  assert.equal(id('c', 'b'), 'c');
  assert.equal(id('gone', 'b'), 'b');
  assert.equal(id(null, 'none'), 'a');
  assert.equal(
    foremost([], null, () => true),
    undefined,
  );
});

test('a step that must not be skipped offers no skipping; the usual one only to who supervises', () => {
  const of = (skip: string | undefined, supervises: boolean) =>
    maySkip({ step: { skip }, task: { kind: 'step' } } as unknown as OpenStep, supervises);
  assert.deepEqual(
    [of('never', true), of(undefined, false), of(undefined, true), of('anyone', false)],
    [false, false, true, true],
  );
});
