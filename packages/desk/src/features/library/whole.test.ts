/** Nothing of a playbook changes unseen: whatever is changed in a shipped one, the comparison of versions tells it. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'yaml';
import { Pack } from '#contracts/pack.ts';
import type { RecordKind, Step } from '#contracts/pack.ts';
import { differences } from './compare.ts';
import { sayHeadPart } from './saying-head.ts';
import { kindParts, sayField, sayKindPart } from './saying-kinds.ts';
import type { KindPart } from './saying-kinds.ts';
import { sayRest } from './saying-rest.ts';
import { sayWork } from './saying-work.ts';
import { seenWith } from './saying.ts';
import { sayEnds, sayStarts } from './saying-starts.ts';

const packs = new URL('../../../../../packs/', import.meta.url);
const read = (key: string, file: string): object => {
  const place = new URL(`${key}/${file}`, packs);
  return existsSync(place) ? (parse(readFileSync(place, 'utf8')) as object) : {};
};
const shipped = readdirSync(packs).map(
  (key): Pack =>
    ({
      records: [],
      scripts: [
        {
          key: 'hello',
          audience: 'person',
          zh: { title: '问候', body: '您好' },
          en: { title: 'Hello', body: 'Hello' },
        },
      ],
      ...read(key, 'pack.yaml'),
      ...read(key, 'steps.yaml'),
      ...read(key, 'forms.yaml'),
    }) as unknown as Pack,
);
const names = { role: (key: string) => key, group: (key: string) => key };
/** To a reader of Chinese, words of the other language too. */
const isTold = (before: Pack, after: Pack) =>
  differences(before, after, 'zh', names, (key) => key).length > 0;

type Schema = {
  properties?: Record<string, Schema>;
  patternProperties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
};
const branches = (schema: Schema): Schema[] => schema.anyOf?.flatMap(branches) ?? [schema];
const below = (schemas: readonly Schema[], key: string | number): Schema[] =>
  schemas
    .flatMap((schema) =>
      typeof key === 'number'
        ? (schema.items ?? [])
        : (schema.properties?.[key] ?? Object.values(schema.patternProperties ?? {})),
    )
    .flatMap(branches);
const another = (schemas: readonly Schema[], value: unknown): unknown => {
  const listed = schemas.flatMap((one) => one.enum ?? (one.const === undefined ? [] : [one.const]));
  const other = listed.includes(value) ? listed.find((one) => one !== value) : undefined;
  if (other !== undefined) return other;
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 1;
  const text = value as string;
  if (text === '0') return '9h';
  return /^\d+[a-z]+$/.test(text) ? `9${text}` : /^\d\d:\d\d$/.test(text) ? '23:59' : `${text}x`;
};

/** What a thing is known by, and whether a new centre has it on: nobody changes that on the screen. */
const fixed = /(^|\.)(key|version|enabled)$/;
const conditions = /\.(if|for|showIf|finishIf|required)$/;

type Place = (string | number)[];
const at = (pack: Pack, place: Place): unknown =>
  place.reduce<unknown>((value, key) => (value as Record<string | number, unknown>)[key], pack);
const withValue = (pack: Pack, place: Place, value: unknown): Pack => {
  const copy = structuredClone(pack);
  (at(copy, place.slice(0, -1)) as Record<string | number, unknown>)[place.at(-1)!] = value;
  return copy;
};

test('whatever is changed of a shipped playbook is told when two versions are compared', () => {
  const seen = new Map<string, number>();
  const unseen: string[] = [];
  const walk = (pack: Pack, place: Place, schemas: readonly Schema[], name: string): void => {
    const value = at(pack, place);
    const isCondition = conditions.test(name) && typeof value === 'object';
    if (typeof value === 'object' && value !== null && !isCondition) {
      for (const key of Array.isArray(value) ? value.keys() : Object.keys(value)) {
        const free = !schemas.some(({ properties }) => properties?.[key]);
        walk(
          pack,
          [...place, key],
          below(schemas, key),
          typeof key === 'number' ? `${name}[]` : `${name}.${free ? '*' : key}`,
        );
      }
      return;
    }
    const times = seen.get(name) ?? 0;
    if (fixed.test(name) || times > 1) return;
    seen.set(name, times + 1);
    const only = schemas.every((one) => one.const !== undefined) && schemas.length === 1;
    if (only) return;
    const changed = isCondition ? { 'ticket.subject': 'x' } : another(schemas, value);
    if (!isTold(pack, withValue(pack, place, changed)))
      unseen.push(`${pack.key} ${name}: ${JSON.stringify(value)}`);
  };
  for (const pack of shipped) walk(pack, [], branches(Pack as Schema), 'pack');
  assert.ok(seen.size > 200, `only ${seen.size} properties`);
  assert.deepEqual(unseen, []);
});

test('steps in another order are told when two versions are compared', () => {
  const before = shipped.find(({ steps }) => steps.length > 2)!;
  const [first, second, ...rest] = before.steps;
  const after = { ...before, steps: [second!, first!, ...rest] };
  const told = differences(before, after, 'zh', names, (key) => key);
  assert.deepEqual(
    told.map(({ where, what }) => [where, what]),
    [['', 'order']],
  );
  assert.ok(told[0]!.after.startsWith(`${second!.name.zh} → ${first!.name.zh} → `), told[0]!.after);
});

const packOf = (key: string) => shipped.find((pack) => pack.key === key)!;
const kindOf = (pack: Pack, key: string): RecordKind => pack.records.find((kind) => kind.key === key)!;

test('what starts a playbook when it repeats, and the outcome of an early end, are told in words', () => {
  const repair = packOf('repair');
  const batch = { ...packOf('batch_problem'), records: repair.records };
  const [start] = sayStarts(batch, 'zh');
  assert.match(start!, /30 天内“产品型号”相同的满 3 个$/);
  assert.match(sayStarts(batch, 'en')[0]!, /3 with the same “[^”]+” within 30 days$/);
  assert.deepEqual(sayEnds(packOf('after_sales'), 'zh'), ['关闭 → 结果 closed']);
});

test('what a kind calls, gives to customers and allows once is told in words of both languages', () => {
  const said = (pack: string, kind: string, part: KindPart, language: 'zh' | 'en' = 'zh') =>
    sayKindPart(packOf(pack), kindOf(packOf(pack), kind), part, language, names);
  const calls = said('postal_daily', 'link_check', 'calls');
  assert.equal(calls.length, 7);
  assert.equal(calls[1], 'EMS：postal.link_ems');
  assert.equal(calls.at(-1), '打不开的记入“失效的网址”，原因记入“说明”，时间记入“访问时间”');
  assert.deepEqual(said('clinic', 'appointment', 'portal'), [
    '客户填写“预约到店”：客户姓名、联系电话、门店、服务项目、指定专家、到店时间、备注',
    '“来源”由中心填为网络',
    '姓名记入“客户姓名”',
    '电话记入“联系电话”',
    '提交后告知：“门店十五分钟内确认，确认后电话告知您预约成功。”',
  ]);
  assert.match(said('clinic', 'appointment', 'unique', 'en')[0]!, /unless “[^”]+” is 1 hour apart/);
  assert.deepEqual(said('clinic', 'appointment', 'calls'), []);
  const repair = packOf('repair');
  const told = repair.steps.flatMap((step) => sayRest(repair, step, 'zh', names));
  assert.ok(
    told.includes('约定完成时间不能晚于登记时间之后 2 个工作日（每 10 个件数）'),
    told.filter((line) => line.includes('不能晚于')).join(),
  );
});

test('what a field and a step ask beside the usual is told, one sentence each', () => {
  const pack = packOf('clinic');
  assert.deepEqual(
    sayField(
      pack,
      {
        key: 'phone',
        zh: '电话',
        en: 'Phone',
        type: 'phone',
        min: 1,
        from: 'customer.name',
        masked: false,
        by: ['manager'],
      },
      'zh',
      names,
    ),
    ['不小于 1', '自动带出客户名称', '不打码', '只由manager填写'],
  );
  const step: Step = {
    key: 'more',
    name: { zh: '启动', en: 'Start' },
    kind: 'start',
    playbook: 'repair',
    outcome: 'started',
    atMost: 2,
  };
  const playbook = (key: string) => (key === 'repair' ? 'Repair' : key);
  assert.deepEqual(sayRest(pack, step, 'en', { ...names, playbook }), [
    'starts the playbook “Repair”',
    'at most 2 times',
    'outcome started',
  ]);
  assert.deepEqual(sayHeadPart({ ...pack, needs: ['repair'] }, 'needs', 'en', { ...names, playbook }), [
    'Repair',
  ]);
});

test('no sentence of a shipped playbook says the path of a fact where it has a name', () => {
  const kinds = shipped.flatMap((pack) => pack.records.map((kind) => ({ ...kind, pack: pack.key })));
  const raw = /(?<![\w.])(ticket|customer|record|data|answers|conversation|me|event)\.[a-zA-Z]/;
  const bad = shipped.flatMap((one) => {
    const pack = seenWith(one, kinds);
    return [
      ...one.records.flatMap((kind) => [
        ...kindParts.flatMap((part) => sayKindPart(pack, kind, part, 'zh', names)),
        ...kind.fields.flatMap((field) => sayField(pack, field, 'zh', names)),
      ]),
      ...one.steps.flatMap((step) => [
        ...sayRest(pack, step, 'zh', names),
        ...sayWork(pack, step, 'zh'),
        ...(step.fields ?? []).flatMap((field) => sayField(pack, field, 'zh', names)),
      ]),
      ...sayStarts(pack, 'zh'),
      ...sayEnds(pack, 'zh'),
    ]
      .filter((line) => raw.test(line))
      .map((line) => `${one.key}: ${line}`);
  });
  assert.deepEqual(bad, []);
});
