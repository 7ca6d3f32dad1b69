import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import type { Pack, Step } from '#contracts/pack.ts';
import { packFaults } from '#contracts/pack-check.ts';
import { stepKinds } from '#contracts/pack.ts';
import { asKind } from './as-kind.ts';
import { differences } from './compare.ts';
import { box, drawingOf } from './layout.ts';
import type { PlaybookRow } from '#contracts/routes/playbooks.ts';
import { playbooksOf, readPlaybookSearch } from './search.ts';
import { begin, finish, letPass, nextInstant, workingAfter } from './rehearsal.ts';
import { holds } from '#contracts/conditions.ts';
import type { Condition } from '#contracts/conditions.ts';
import { conditionOf, isBox, nodesOf } from './condition-tree.ts';
import type { Node } from './condition-tree.ts';
import { sayWork } from './saying-work.ts';
import {
  namesOfFacts,
  sayCondition,
  sayLate,
  sayLimit,
  sayNext,
  sayWho,
  seenWith,
  spoken,
  valuesOf,
} from './saying.ts';
import { sayBegin, saySchedule, sayStarts } from './saying-starts.ts';

const step = (key: string, more: Partial<Step> & Pick<Step, 'kind'>): Step => ({
  key,
  name: { zh: `步骤${key}`, en: `Step ${key}` },
  ...more,
});
/** Call the customer; above 50 yuan somebody approves; a refusal goes back; then it is paid. */
const pack: Pack = {
  key: 'refund',
  name: { zh: '退款', en: 'Refund' },
  goal: { zh: '退款', en: 'Refund' },
  version: 1,
  scenario: 'other',
  industry: '通用',
  owner: 'supervisor',
  reviewMonths: 6,
  source: [],
  about: 'ticket',
  steps: [
    step('call', {
      kind: 'do',
      who: { role: 'agent' },
      within: '10m',
      fields: [{ key: 'amount', zh: '金额', en: 'Amount', type: 'money', required: true }],
      next: [{ if: { 'answers.call.amount': { over: 50 } }, to: 'approve' }, { to: 'pay' }],
      atMost: 3,
    }),
    step('approve', { kind: 'approve', by: ['supervisor'], within: '1bd', rejectTo: 'call' }),
    step('pay', { kind: 'wait', until: { passed: '2d' } }),
    step('over', { kind: 'end', outcome: 'paid' }),
  ],
  records: [],
  scripts: [],
};
const names = { role: (key: string) => `角色 ${key}`, group: (key: string) => `组 ${key}` };
const at = (text: string) => Date.parse(`${text.replace(' ', 'T')}:00+08:00`);

describe('the library of playbooks', () => {
  test('SD3r-16 a playbook is drawn: every step has its place, every way is a line, ways back run apart', () => {
    const drawing = drawingOf(pack);
    assert.deepEqual(
      drawing.placed.map(({ step: one, y }) => [one.key, y / (box.height + box.gapY)]),
      [
        ['call', 0],
        ['approve', 1],
        ['pay', 2],
        ['over', 3],
      ],
    );
    assert.deepEqual(
      drawing.ways.map(({ from, to, back, label }) => [from, to, back, label?.zh]),
      [
        ['call', 'approve', false, undefined],
        ['call', 'pay', false, undefined],
        ['approve', 'pay', false, undefined],
        ['approve', 'call', true, '驳回'],
        ['pay', 'over', false, undefined],
      ],
    );
  });
  for (const [key, of] of [
    ['presales', '售前'],
    ['order', '售中'],
    ['after_sales', '售后'],
  ] as const)
    test(`SD3r-16 ${of} is drawn: every step once, none over another, every way from one to the next`, () => {
      const read = (file: string) =>
        parse(
          readFileSync(new URL(`../../../../../packs/${key}/${file}`, import.meta.url), 'utf8'),
        ) as object;
      const { steps } = read('steps.yaml') as Pick<Pack, 'steps'>;
      const { placed, ways, width, height } = drawingOf({ steps });
      assert.deepEqual(
        placed.map(({ step: one }) => one.key).toSorted(),
        steps.map((one) => one.key).toSorted(),
      );
      assert.equal(new Set(placed.map(({ x, y }) => `${x}/${y}`)).size, steps.length);
      assert.ok(
        placed.every(({ x, y }) => x >= 0 && y >= 0 && x + box.width <= width && y + box.height <= height),
      );
      const known = new Set(steps.map((one) => one.key));
      assert.ok(ways.every(({ from, to, path }) => known.has(from) && known.has(to) && path.length > 0));
      const entered = new Set(ways.map(({ to }) => to));
      assert.deepEqual(
        steps.slice(1).filter((one) => !entered.has(one.key)),
        [],
        'a step that nothing leads to',
      );
    });
  test('steps are told in words of both languages', () => {
    assert.equal(sayWho(pack.steps[0]!.who, 'zh', names), '角色 agent');
    assert.equal(sayLimit(pack, pack.steps[1]!, 'zh'), '1 个工作日内');
    assert.equal(sayLimit(pack, pack.steps[2]!, 'en'), 'waits 2 days');
    assert.deepEqual(sayNext(pack, pack.steps[0]!, 'zh'), [
      '金额大于 50 → “步骤approve”',
      '否则 → “步骤pay”',
    ]);
    assert.equal(
      sayCondition(
        pack,
        { any: [{ 'ticket.priority': ['P1', 'P2'] }, { not: { 'customer.level': 'vip' } }] },
        'zh',
      ),
      '（优先级是“P1 紧急”、“P2 高”之一或并非（客户等级是“VIP”））',
    );
  });
  test('variables, late notices and starts are told in words, not in keys', () => {
    assert.deepEqual(spoken(pack, '{{customer.name}}您好，赔付 {{ answers.call.amount }} 元', 'zh'), [
      { text: '', variable: false },
      { text: '客户名称', variable: true },
      { text: '您好，赔付 ', variable: false },
      { text: '金额', variable: true },
      { text: ' 元', variable: false },
    ]);
    const late = step('late', {
      kind: 'do',
      late: [
        { after: '0', tell: 'lead' },
        { after: '30m', tell: 'manager' },
      ],
    });
    assert.deepEqual(
      sayLate(late, 'zh', (key, { after, who }) => (after ? `${after}后${who}` : key)),
      ['library.tell.lead', '30 分钟后library.tell.manager'],
    );
    const starting: Pack = {
      ...pack,
      startsWhen: [{ event: 'ticket.opened', if: { 'ticket.complaint': true } }],
    };
    assert.deepEqual(sayStarts(starting, 'zh'), ['登记工单，且投诉为是']);
    assert.deepEqual(sayBegin(pack, 'zh'), ['由人在面板上启动，或由别的流程启动']);
    const said = (every: NonNullable<Pack['every']>[number], about: Pack['about'] = 'centre') =>
      saySchedule({ ...pack, about }, every, 'zh');
    assert.equal(
      said({ each: 'week', at: '09:30', on: 1, workdays: true }),
      '每周一 09:30，遇非工作日不启动',
    );
    assert.equal(said({ each: 'month', at: '09:00', on: -1 }), '每月最后一天 09:00');
    assert.equal(said({ each: 'year', at: '09:00', on: 305 }), '每年 11月1日 09:00');
    assert.equal(said({ each: 'hour', at: '00:00', between: [14, 17] }), '每小时的第 0 分（14–17 点）');
    assert.equal(
      said({ each: 'quarter', at: '09:00', on: 1, for: { 'customer.level': 'vip' } }, 'customer'),
      '每季度第 1 天 09:00，为每位客户等级是“VIP”的客户',
    );
  });
  test('two versions are compared place by place', () => {
    const next = {
      ...pack,
      steps: pack.steps
        .map((one) => (one.key === 'call' ? { ...one, within: '20m' } : one))
        .concat(step('more', { kind: 'do', who: 'owner' })),
    };
    assert.deepEqual(
      differences(pack, next, 'zh', names, (key) => key),
      [
        { where: '步骤call', what: 'limit', before: '10 分钟内', after: '20 分钟内' },
        { where: '步骤more', what: 'added', before: '', after: '步骤more' },
      ],
    );
  });
  test('a dry run takes the ways that the answers take, is late when time passes, and ends', () => {
    const start = begin(pack, {}, at('2026-11-27 17:30'));
    assert.deepEqual(
      start.visits.map(({ step: key, state }) => [key, state]),
      [['call', 'open']],
    );
    const late = letPass(pack, start, at('2026-11-27 17:41'));
    assert.equal(late.visits[0]!.late, true);
    const asked = finish(pack, late, 'call', 'done', { amount: 60 });
    assert.equal(asked.visits.at(-1)!.step, 'approve');
    assert.equal(
      new Date(asked.visits.at(-1)!.dueAt!).toISOString(),
      '2026-11-30T09:41:00.000Z',
      'over the week-end, to Monday 17:41',
    );
    const again = finish(pack, asked, 'approve', 'rejected');
    assert.equal(again.visits.at(-1)!.step, 'call');
    const small = finish(pack, again, 'call', 'done', { amount: 20 });
    assert.equal(small.visits.at(-1)!.step, 'pay');
    const over = letPass(pack, small, nextInstant(small)!);
    assert.equal(over.outcome, 'paid');
  });
  test('working minutes run from nine to eighteen on weekdays', () => {
    assert.equal(workingAfter(at('2026-11-27 17:30'), 60), at('2026-11-30 09:30'));
    assert.equal(workingAfter(at('2026-11-28 12:00'), 10), at('2026-11-30 09:10'));
  });
  test('a value of a condition is chosen from what the fact may be, and its sentence says it in words', () => {
    const asked: Pack = {
      ...pack,
      steps: [
        step('ring', { kind: 'call', who: 'assignee' }),
        step('judge', {
          kind: 'decide',
          who: 'assignee',
          choices: [
            { key: 'a', zh: '退货', en: 'Return' },
            { key: 'b', zh: '换货', en: 'Exchange' },
          ],
        }),
        step('allow', { kind: 'approve', by: ['supervisor'] }),
      ],
    };
    assert.deepEqual(
      valuesOf(asked, 'answers.judge.outcome')?.map(({ zh }) => zh),
      ['退货', '换货'],
    );
    assert.deepEqual(
      valuesOf(asked, 'answers.allow.outcome')?.map(({ key }) => key),
      ['approved', 'rejected'],
    );
    assert.equal(
      valuesOf(asked, 'answers.ring.outcome')?.find(({ key }) => key === 'reached')?.zh,
      '已联系上',
    );
    assert.deepEqual(
      valuesOf(asked, 'ticket.priority')?.map(({ key }) => key),
      ['P1', 'P2', 'P3', 'P4'],
    );
    assert.equal(valuesOf(asked, 'customer.tags'), undefined);
    const visit: Pack = {
      ...asked,
      records: [
        {
          key: 'visit',
          name: { zh: '到访', en: 'Visit' },
          is: 'object',
          title: 'x',
          fields: [{ key: 'visitAt', zh: '到店时间', en: 'Visit', type: 'instant' }],
        },
      ],
    };
    assert.equal(
      sayCondition(visit, { 'record.until.visitAt': { over: 1440 } }, 'zh'),
      '距到店时间的分钟数大于 1440',
    );
    assert.equal(
      sayCondition(asked, { 'answers.allow.outcome': 'rejected' }, 'zh'),
      '“步骤allow”的结果是“驳回”',
    );
  });
  test('a step made another kind loses what only the old kind has, and can be published as it stands', () => {
    const words = {
      key: 'hello',
      zh: { title: '问候', body: '您好' },
      en: { title: 'Hello', body: 'Hello' },
    };
    const of = (kind: Step['kind']): Pack => {
      const made = asKind(pack.steps[0]!, kind, { ...pack, scripts: [words] });
      const { next: _, ...rest } = made;
      return { ...pack, scripts: [words], steps: [rest, step('over', { kind: 'end' })] };
    };
    const alone = stepKinds.filter(
      (kind) => !['end', 'customer', 'start', 'record', 'collect', 'sample'].includes(kind),
    );
    assert.deepEqual(
      alone.flatMap((kind) => packFaults(of(kind)).map(({ zh }) => `${kind}: ${zh}`)),
      [],
    );
    const decided = asKind(pack.steps[0]!, 'decide', pack);
    assert.deepEqual(
      decided.choices?.map(({ zh }) => zh),
      ['是', '否'],
    );
    assert.equal(decided.within, '10m');
    assert.equal(asKind(decided, 'wait', pack).choices, undefined);
    assert.equal(asKind(decided, 'wait', pack).within, undefined);
  });
  const visits: Pack['records'][number] = {
    key: 'visit',
    name: { zh: '到访', en: 'Visit' },
    is: 'object',
    title: 'x',
    fields: [
      { key: 'visitAt', zh: '到店时间', en: 'Visit', type: 'instant' },
      { key: 'count', zh: '条数', en: 'Count', type: 'number' },
    ],
    states: [{ key: 'came', zh: '已到店', en: 'Came' }],
  };
  test('a record, a draw and a sum begin with what the pack has, and say in words what they do', () => {
    const own = { ...pack, records: [visits] };
    const made = (kind: Step['kind']): Step => {
      const { next: _, ...rest } = asKind(
        step('call', { kind: 'do', who: 'assignee', within: '10m' }),
        kind,
        own,
      );
      return rest;
    };
    const kinds: Step['kind'][] = ['record', 'collect', 'sample', 'assign'];
    assert.deepEqual(
      kinds.flatMap((kind) =>
        packFaults({ ...own, steps: [made(kind), step('over', { kind: 'end' })] }).map(
          ({ zh }) => `${kind}: ${zh}`,
        ),
      ),
      [],
    );
    assert.deepEqual(
      kinds.flatMap((kind) => sayWork(own, made(kind), 'zh')),
      ['记录变为“已到店”', '《到访》条数：《到访》的条数', '从上个月的《到访》中随机抽 20%，每条一个任务'],
    );
    const filled = step('fill', {
      kind: 'record',
      set: { visitAt: '{now}', count: '{answers.call.amount}' },
      joins: ['call', 'pay'],
    });
    assert.deepEqual(sayWork({ ...own, steps: [...own.steps, filled] }, filled, 'zh'), [
      '等“步骤call”、“步骤pay”都完成',
      '到店时间填为当时时间',
      '条数填为“步骤call”填写的金额',
    ]);
    const changed = {
      ...own,
      steps: own.steps.map((one) => (one.key === 'pay' ? { ...one, joins: ['call', 'approve'] } : one)),
    };
    assert.deepEqual(
      differences(own, changed, 'zh', names, (key) => key).map(({ where, what, after }) => [
        where,
        what,
        after,
      ]),
      [['步骤pay', 'work', '等“步骤call”、“步骤approve”都完成']],
    );
  });
  test('a condition with groups is shown as rows and boxes, and written back means the same', () => {
    const a: Condition = { 'record.a': true };
    const b: Condition = { 'record.b': 'x' };
    const c: Condition = { 'record.c': { over: 3, atMost: 9 } };
    const conditions: Condition[] = [
      { ...a, ...b, ...c },
      { any: [a, b] },
      { ...a, any: [b, { ...a, ...c }] },
      { all: [a, { any: [b, c] }, { any: [a, c] }] },
      { not: { any: [a, b] } },
      { not: { ...a, ...b }, ...c },
      { all: [{ not: a }, { not: b }] },
      { all: [{ 'record.c': { over: 3 } }, { 'record.c': { over: 5 } }] },
      { any: [{ all: [a, { any: [b, { not: c }] }] }, { not: b }] },
    ];
    const facts = [true, false].flatMap((one) =>
      ['x', 'y'].flatMap((other) =>
        [1, 4, 7, 12].map((third) => ({ record: { a: one, b: other, c: third } })),
      ),
    );
    for (const condition of conditions) {
      const again = conditionOf(nodesOf(condition))!;
      assert.deepEqual(
        facts.map((fact) => holds(again, fact)),
        facts.map((fact) => holds(condition, fact)),
        JSON.stringify({ condition, again }),
      );
    }
    const shape = (node: Node): unknown => (isBox(node) ? [node.box, ...node.nodes.map(shape)] : node.path);
    assert.deepEqual(nodesOf({ ...b, any: [a, { ...a, ...c }] }).map(shape), [
      'record.b',
      ['any', 'record.a', ['all', 'record.a', 'record.c', 'record.c']],
    ]);
    assert.deepEqual(conditionOf([{ path: 'ticket.priority', operator: 'in', wanted: ['P1', 'P2'] }]), {
      'ticket.priority': ['P1', 'P2'],
    });
    assert.equal(conditionOf([{ box: 'any', nodes: [] }]), undefined);
    // Boxes four deep come back as they were put.
    const row = { path: 'ticket.priority', operator: 'is', wanted: 'P1' };
    const other = { ...row, path: 'ticket.category', wanted: 'consult' };
    const deep: Node[] = [
      {
        box: 'any',
        nodes: [
          row,
          { box: 'all', nodes: [other, { box: 'any', nodes: [row, { box: 'all', nodes: [row, other] }] }] },
        ],
      },
    ];
    assert.deepEqual(nodesOf(conditionOf(deep)), deep);
    assert.equal(
      sayCondition(
        pack,
        { any: [{ 'ticket.priority': 'P1' }, { 'ticket.complaint': true, 'ticket.resolved': false }] },
        'zh',
      ),
      '（优先级是“P1 紧急”或（投诉为是且工单已解决为否））',
    );
  });
  test('fields that other playbooks bring are said in their words', () => {
    const others = [{ ...visits, pack: 'clinic' }];
    const named = seenWith({ ...pack, needs: ['clinic'] }, others);
    assert.equal(sayCondition(named, { 'record.visitAt': { empty: false } }, 'zh'), '到店时间不为空');
    assert.deepEqual(
      valuesOf(named, 'record.state')?.map(({ zh }) => zh),
      ['已到店'],
    );
    const stranger = seenWith(pack, others);
    assert.equal(namesOfFacts(stranger, 'en').path('record.visitAt'), 'Visit');
    assert.deepEqual(
      valuesOf(stranger, 'record.state'),
      [],
      'states of a kind that it does not name are none to choose',
    );
  });
  test('of the many playbooks those are left that fit the words, the industry and the state', () => {
    const row = (key: string, more: object): PlaybookRow =>
      ({
        key,
        name: { zh: key, en: key },
        goal: { zh: '', en: '' },
        industry: '通用',
        enabled: false,
        read: true,
        works: true,
        late: 0,
        draft: null,
        ...more,
      }) as PlaybookRow;
    const rows = [
      row('complaint', { enabled: true, goal: { zh: '平复客户情绪', en: 'Calm' } }),
      row('clinic', { industry: '医疗健康', late: 2, enabled: true }),
      row('school', { industry: '教育', draft: 1 }),
    ];
    const left = (search: object) =>
      playbooksOf(rows, readPlaybookSearch({ ...search })).map(({ key }) => key);
    assert.deepEqual(left({ q: '情绪' }), ['complaint']);
    assert.deepEqual(left({ industry: '教育' }), ['school']);
    assert.deepEqual(left({ state: 'on' }), ['complaint', 'clinic']);
    assert.deepEqual(left({ state: 'late' }), ['clinic']);
    assert.deepEqual(left({ q: 'CLINIC', state: 'off' }), []);
    const unread = [
      row('mine', { enabled: true, read: false }),
      row('others', { enabled: true, read: false, works: false }),
      row('confirmed', { enabled: true }),
      row('resting', { read: false }),
    ];
    assert.deepEqual(
      playbooksOf(unread, { state: 'unread' }).map(({ key }) => key),
      ['mine'],
    );
    assert.deepEqual(left({ state: 'nonsense', q: ' ' }).length, 3);
  });
});
