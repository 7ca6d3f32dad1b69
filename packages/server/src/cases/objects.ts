/**
 * Words inside the objects of a case: what a customer, ticket or record is given, the answers and the form that finish a
 * step, and the facts that are expected. Fields are those of the pack's own steps and kinds; a step or kind of another
 * playbook is not known here and is told when the case runs.
 */
import type { Field, Pack, RecordKind } from '#contracts/pack.ts';
import { meantBy } from '#contracts/pack-facts.ts';
import { changeCustomer, createCustomer } from '#modules/customers/index.ts';
import { changeTicket, openTicket } from '#modules/tickets/index.ts';
import { wrong } from './fault.ts';
import type { CaseFault } from './fault.ts';
import type { Line } from './run.ts';

/** The pack, and whether the story switches on no other playbook. */
export type Seen = { pack: Pack; alone: boolean };
type Words = { zh: string; en: string };
const namesOf = (schema: { properties: object }, ...without: string[]): string[] =>
  Object.keys(schema.properties).filter((key) => !without.includes(key));

/** What a verb's object may say, beside the records of the pack. */
const given: Readonly<Record<string, readonly string[]>> = {
  customer: namesOf(createCustomer.input, 'fromSheet', 'rehearsed'),
  changeCustomer: namesOf(changeCustomer.input.properties.change),
  ticket: [...namesOf(openTicket.input), 'accused', 'assignee', 'conversation'],
  classify: namesOf(changeTicket.input, 'id', 'version'),
  record: ['kind', 'data', 'state', 'externalId', 'alone', 'times'],
};
/** Facts of what is expected; `data` and `values` hold fields. */
const facts: Readonly<Record<string, readonly string[]>> = {
  ticket: [
    'status',
    'priority',
    'category',
    'complaint',
    'emergency',
    'assignee',
    'accountable',
    'group',
    'contacted',
    'progress',
    'step',
    'stepState',
    'level',
    'customer',
    'talks',
    'customer',
    'resolved_at',
  ],
  record: [
    'kind',
    'count',
    'data',
    'number',
    'state',
    'title',
    'day',
    'owner',
    'group',
    'onTicket',
    'ofCustomer',
    'ofTalk',
  ],
  children: ['count', 'open', 'group', 'groups'],
  customer: ['number', 'name', 'kind', 'level', 'class', 'tags', 'preferredChannel', 'fields'],
  notice: ['to', 'kind'],
  sees: ['who', 'tickets'],
  summary: ['kind', 'by', 'sum', 'total', 'counts', 'sums', 'shares', 'covering'],
  promisesKept: ['from', 'to', 'numerator', 'denominator'],
  last: ['kind', 'number', 'state', 'fields', 'history', 'sent', 'skipped', 'to'],
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const unknownIn = (object: unknown, known: readonly string[], at: string, words: Words): CaseFault[] =>
  isObject(object)
    ? Object.keys(object)
        .filter((key) => !known.includes(key))
        .map((key) => wrong(`${at}/${key}`, key, known, words))
    : [];

const ownKind = (pack: Pack, key: unknown): RecordKind | undefined =>
  pack.records.find((kind) => kind.key === key);
const keysOf = (fields: readonly Field[] = []): string[] => fields.map(({ key }) => key);

/** A kind nearly called like one of the pack's own; another one may be of a playbook that the case switches on. */
const kindFaults = ({ pack, alone }: Seen, key: unknown, at: string): CaseFault[] => {
  if (typeof key !== 'string' || ownKind(pack, key) || pack.needs || !alone) return [];
  const known = pack.records.map((kind) => kind.key);
  return meantBy(key, known)
    ? [wrong(at, key, known, { zh: '没有记录种类', en: 'there is no kind of records' })]
    : [];
};
/** Fields and state of a record, where its kind is the pack's own. */
const recordFaults = (
  seen: Seen,
  object: { kind?: unknown; data?: unknown; state?: unknown },
  at: string,
): CaseFault[] => {
  const kind = ownKind(seen.pack, object.kind);
  if (!kind) return kindFaults(seen, object.kind, `${at}/kind`);
  const states = kind.states?.map(({ key }) => key) ?? [];
  return [
    ...unknownIn(object.data, keysOf(kind.fields), `${at}/data`, {
      zh: `“${kind.name.zh}”没有字段`,
      en: `${kind.name.en} has no field`,
    }),
    ...(typeof object.state === 'string' && ![...states, 'none'].includes(object.state)
      ? [
          wrong(`${at}/state`, object.state, states, {
            zh: `“${kind.name.zh}”没有状态`,
            en: `${kind.name.en} has no state`,
          }),
        ]
      : []),
  ];
};

/** What is wrong inside the object of a verb and inside what stands beside it. */
export const objectFaults = (seen: Seen, verb: string, line: Line, at: string): CaseFault[] => {
  // What is refused may be refused for such a word.
  if (line.refused !== undefined) return [];
  const { pack } = seen;
  const object = line[verb];
  const known = given[verb];
  const found = known
    ? unknownIn(object, known, `${at}/${verb}`, {
        zh: `“${verb}”里没有`,
        en: `"${verb}" has no`,
      })
    : [];
  if (verb === 'record' && isObject(object)) found.push(...recordFaults(seen, object, `${at}/${verb}`));
  const step = verb === 'complete' ? pack.steps.find(({ key }) => key === object) : undefined;
  if (!step) return found;
  const name = { zh: `步骤“${step.name.zh}”`, en: `the step "${step.name.en}"` };
  const form = ownKind(pack, step.form);
  return [
    ...found,
    ...unknownIn(line.with, keysOf(step.fields), `${at}/with`, {
      zh: `${name.zh}没有字段`,
      en: `${name.en} has no field`,
    }),
    ...(form
      ? unknownIn(line.form, keysOf(form.fields), `${at}/form`, {
          zh: `${name.zh}的表单没有字段`,
          en: `the form of ${name.en} has no field`,
        })
      : []),
  ];
};

/** What is wrong inside what is expected of a subject. */
export const expectedObjectFaults = (seen: Seen, subject: string, expect: Line, at: string): CaseFault[] => {
  const { pack } = seen;
  const want = expect[subject];
  const known = facts[subject];
  const found = known
    ? unknownIn(want, known, `${at}/${subject}`, {
        zh: `期望“${subject}”时没有`,
        en: `what is expected of "${subject}" has no`,
      })
    : [];
  if (subject === 'record' && isObject(want)) found.push(...recordFaults(seen, want, `${at}/record`));
  if (subject === 'summary' && isObject(want))
    found.push(...kindFaults(seen, want.kind, `${at}/summary/kind`));
  if (subject === 'found') found.push(...recordFaults(seen, { ...expect, kind: expect.in }, at));
  const step = subject === 'panel' ? pack.steps.find(({ key }) => key === want) : undefined;
  if (step && (step.form === undefined || ownKind(pack, step.form)))
    found.push(
      ...unknownIn(
        expect.values,
        [...keysOf(step.fields), ...keysOf(ownKind(pack, step.form)?.fields)],
        `${at}/values`,
        { zh: `步骤“${step.name.zh}”没有字段`, en: `the step "${step.name.en}" has no field` },
      ),
    );
  return found;
};
