import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { add, addWall, calendarPreset, compile, holidaysCn } from '#modules/calendar/index.ts';
import { deadlineKinds } from '#contracts/words.ts';
import { inForce, pick, policyPresets, promise, sentence, targetOf, validatePolicies } from './index.ts';
import type { Facts, Policy, PolicySet } from './index.ts';

const cal = compile(calendarPreset('workday'), holidaysCn);
const at = (text: string): number => Date.parse(`${text.replace(' ', 'T')}:00+08:00`);

/** Exact strictness for a case that starts at an instant. */
const dueFrom =
  (from: number) =>
  (policy: Policy): number => {
    const target = targetOf(policy, cal.minutesPerBusinessDay)!;
    if (target.unit === 'wall') return addWall(from, target.minutes);
    const due = add(cal, from, { minutes: target.minutes });
    assert.ok('dueAt' in due);
    return due.dueAt;
  };

const picked = (kind: Policy['kind'], facts: Facts, from = at('2026-03-05 10:00')): string => {
  const policy = pick(policyPresets, kind, facts, { dueOf: dueFrom(from) });
  return policy ? `${policy.value} ${policy.unit}` : 'none';
};
const row = (more: Partial<Policy>): Policy => ({
  id: 'x',
  kind: 'resolve',
  scope: {},
  value: 60,
  unit: 'wall',
  ...more,
});

describe('which row rules', () => {
  test('the more specific scope wins, even when it is laxer', () => {
    const rows = [
      row({ id: 'all', value: 10 }),
      row({ id: 'p1', scope: { priority: 'P1' }, value: 30 }),
      row({ id: 'p1mail', scope: { priority: 'P1', channel: 'email' }, value: 90 }),
    ];
    assert.equal(pick(rows, 'resolve', { priority: 'P1', channel: 'email' })!.id, 'p1mail');
    assert.equal(pick(rows, 'resolve', { priority: 'P1', channel: 'phone' })!.id, 'p1');
    assert.equal(pick(rows, 'resolve', {})!.id, 'all');
    assert.equal(pick(rows, 'respond', {}), undefined);
  });

  test('on equal scope the stricter wins, and a target beats none', () => {
    const rows = [
      row({ id: 'vip', scope: { customerLevel: 'vip' }, value: 45 }),
      row({ id: 'p2', scope: { priority: 'P2' }, value: 60 }),
      row({ id: 'none', scope: { channel: 'phone' }, value: null }),
    ];
    assert.equal(
      pick(rows, 'resolve', { customerLevel: 'vip', priority: 'P2', channel: 'phone' })!.id,
      'vip',
    );
    assert.equal(pick(rows, 'resolve', { channel: 'phone', priority: 'P2' })!.id, 'p2');
    assert.equal(pick(rows, 'resolve', { channel: 'phone' })!.value, null);
  });

  test('a category rules everything below it, the deeper row first', () => {
    const rows = [
      row({ id: 'tech', scope: { category: 'tech' }, value: 10 }),
      row({ id: 'fault', scope: { category: 'tech.fault' }, value: 20 }),
    ];
    assert.equal(pick(rows, 'resolve', { category: 'tech.data' })!.id, 'tech');
    assert.equal(pick(rows, 'resolve', { category: 'tech.fault' })!.id, 'fault');
    assert.equal(pick(rows, 'resolve', { category: 'tech.fault.login' })!.id, 'fault');
    assert.equal(pick(rows, 'resolve', { category: 'technology' }), undefined);
    assert.equal(pick(rows, 'resolve', {}), undefined);
  });

  test('a deeper category does not outweigh another key: the stricter of both rules', () => {
    const rows = [
      row({ id: 'fault', scope: { category: 'tech.fault' }, value: 60 }),
      row({ id: 'p2', scope: { priority: 'P2' }, value: 20 }),
    ];
    assert.equal(pick(rows, 'resolve', { category: 'tech.fault', priority: 'P2' })!.id, 'p2');
  });

  test('the same length in real time is stricter than in business time', () => {
    const rows = [row({ id: 'business', unit: 'business' }), row({ id: 'wall' })];
    assert.equal(pick(rows, 'resolve', {})!.id, 'wall');
    assert.equal(pick(rows.toReversed(), 'resolve', {})!.id, 'wall');
  });

  test('a target of nothing or less is refused, an empty one is not', () => {
    assert.deepEqual(validatePolicies(policyPresets), []);
    assert.deepEqual(
      validatePolicies([
        { value: 0 },
        { value: -1 },
        { value: null },
        { value: 5, warnAt: 1.5 },
        {
          value: 5,
          ladder: [
            { afterMinutes: 9, notify: 'lead' },
            { afterMinutes: 3, notify: 'lead' },
            { afterMinutes: -1, notify: 'lead' },
          ],
        },
      ]),
      [
        { pointer: '/0/value', code: 'TARGET_NOT_POSITIVE' },
        { pointer: '/1/value', code: 'TARGET_NOT_POSITIVE' },
        { pointer: '/3/warnAt', code: 'WARN_OUT_OF_RANGE' },
        { pointer: '/4/ladder/1', code: 'LADDER_UNORDERED' },
        { pointer: '/4/ladder/2', code: 'LADDER_NEGATIVE' },
      ],
    );
  });
});

describe('the table a centre starts with', () => {
  test('SD1-03 C1 phone and chat are answered in 10 s, an order query is its own target of 120 s', () => {
    for (const channel of ['phone', 'webchat', 'wechat'] as const)
      assert.equal(Number(picked('first_answer', { channel }).split(' ')[0]) * 60, 10);
    assert.equal(picked('first_answer', { channel: 'email' }), 'none');
    assert.equal(picked('order_query', { channel: 'webchat', intent: 'order_query' }), '2 wall');
  });

  test('SD2-07 C1 a centre that sets 30 s for chat beside 10 s keeps the stricter', () => {
    const rows = [...policyPresets, row({ kind: 'first_answer', scope: { channel: 'webchat' }, value: 0.5 })];
    assert.equal(pick(rows, 'first_answer', { channel: 'webchat' })!.value! * 60, 10);
  });

  test('C2 the calendar belongs to the row of a channel', () => {
    const rows = [
      row({ kind: 'respond', scope: { priority: 'P3' }, unit: 'business', value: 240 }),
      row({
        kind: 'respond',
        scope: { priority: 'P3', channel: 'wechat' },
        unit: 'business',
        value: 240,
        calendarId: 'shop',
      }),
    ];
    assert.equal(pick(rows, 'respond', { priority: 'P3', channel: 'wechat' })!.calendarId, 'shop');
    assert.equal(pick(rows, 'respond', { priority: 'P3', channel: 'phone' })!.calendarId, undefined);
  });

  test('SD4-17 C4 a complaint has its own clocks and those of its priority keep running', () => {
    const facts: Facts = { channel: 'phone', category: 'complaint', priority: 'P2' };
    assert.equal(picked('complaint_contact', facts), '10 wall');
    assert.equal(picked('complaint_plan', facts), '1440 wall');
    assert.equal(picked('respond', facts), '120 wall');
    assert.equal(picked('resolve', facts), '1440 wall');
    assert.equal(picked('manager_callback', facts), '1440 wall');
  });

  test('SD4-20 a severe complaint has 48 h for its plan and a daily progress', () => {
    assert.equal(picked('complaint_plan', { intent: 'severe' }), '2880 wall');
    assert.equal(picked('progress', { intent: 'severe' }), '1440 wall');
  });

  test('SD4-27 a ticket of before the change keeps 48 h, one of after it has 36 h', () => {
    const changed = policyPresets.map((policy) =>
      policy.kind === 'complaint_plan' && policy.scope.intent === 'severe'
        ? { ...policy, value: 36 * 60 }
        : policy,
    );
    const sets: PolicySet[] = [
      { version: 1, effectiveFrom: 0, items: [...policyPresets] },
      { version: 2, effectiveFrom: at('2026-07-01 00:00'), items: changed },
    ];
    const hoursAt = (instant: number): number =>
      pick(inForce(sets, instant)!.items, 'complaint_plan', { intent: 'severe' })!.value! / 60;
    assert.equal(hoursAt(at('2026-06-30 23:59')), 48);
    assert.equal(hoursAt(at('2026-07-01 00:00')), 36);
    assert.equal(inForce(sets, -1), undefined);
  });

  test('SD1-04 C15 mail is owed a reply in one business day until it is classified', () => {
    assert.equal(picked('first_reply', { channel: 'email' }), '1 businessDays');
    assert.equal(picked('first_reply', { channel: 'portal' }), '1 businessDays');
    assert.equal(picked('first_reply', { channel: 'phone' }), 'none');
  });

  test('SD1-04 C15 once classified the stricter of both rules', () => {
    assert.equal(picked('first_reply', { channel: 'email', priority: 'P1' }), '1 businessDays');
    assert.equal(picked('first_reply', { channel: 'email', priority: 'P2' }), '120 wall');
    assert.equal(picked('first_reply', { channel: 'email', priority: 'P3' }), '240 business');
    assert.equal(picked('first_reply', { channel: 'email', priority: 'P4' }), '480 business');
  });

  test('SD1-13 SD1-14 SD1-15 SD1-16 C16 each priority has its clocks, P1 and P2 by day and night', () => {
    assert.equal(picked('start', { priority: 'P1' }), '15 wall');
    assert.equal(picked('respond', { priority: 'P2' }), '120 wall');
    assert.equal(picked('resolve', { priority: 'P2' }), '1440 wall');
    assert.equal(picked('respond', { priority: 'P3' }), '240 business');
    assert.equal(picked('resolve', { priority: 'P3' }), '3 businessDays');
    assert.equal(picked('respond', { priority: 'P4' }), '480 business');
    assert.equal(picked('resolve', { priority: 'P4' }), '5 businessDays');
    assert.equal(picked('start', { priority: 'P2' }), 'none');
  });

  test('SD1-17 P1 has no solve target: the row is empty and counts nothing', () => {
    const policy = pick(policyPresets, 'resolve', { priority: 'P1' })!;
    assert.equal(policy.value, null);
    assert.equal(targetOf(policy, 540), null);
    assert.match(sentence(policy, 'zh-CN'), /—/);
  });

  test('SD1-24 SD1-29 SD1-33 SD2-13 SD0-31 C21 the clocks of the work around a case', () => {
    assert.equal(picked('escalation', { priority: 'P3' }), '60 wall');
    assert.equal(picked('progress', {}), '1440 wall');
    assert.equal(picked('survey', {}), '120 wall');
    assert.equal(picked('emergency_contact', {}), '10 wall');
    assert.equal(picked('classify', {}), '0.5 wall');
    assert.equal(picked('acknowledge', { priority: 'P1' }), '5 wall');
    const progress = pick(policyPresets, 'progress', {})!;
    assert.deepEqual(progress.ladder, [
      { afterMinutes: 0, notify: 'assignee' },
      { afterMinutes: 240, notify: 'supervisor' },
    ]);
  });

  test('every row has an id of its own and names the requirement it comes from', () => {
    assert.equal(new Set(policyPresets.map(({ id }) => id)).size, policyPresets.length);
    for (const { id, source } of policyPresets)
      assert.ok(source?.every((name) => /^SD\d/.test(name)) && source.length > 0, id);
  });
});

const said = (kind: Policy['kind'], facts: Facts, locale: 'zh-CN' | 'en'): string =>
  sentence(pick(policyPresets, kind, facts)!, locale);

describe('in words', () => {
  test('a row says where, who, how soon and in which time', () => {
    assert.equal(
      said('first_answer', { channel: 'phone' }, 'zh-CN'),
      '电话渠道：客服须在 10 秒内人工应答（按自然时间计）',
    );
    assert.equal(
      said('resolve', { priority: 'P3' }, 'zh-CN'),
      'P3 中：处理人须在 3 个工作日内解决工单（按工作时间计）',
    );
    assert.equal(
      said('resolve', { priority: 'P3' }, 'en'),
      'P3 Medium: the assignee resolves the ticket within 3 working days (working time)',
    );
    assert.equal(said('resolve', { priority: 'P1' }, 'zh-CN'), 'P1 紧急：解决工单不设时限（—）');
  });

  test('a customer reads what is promised, without where and who owes it', () => {
    const promised = (kind: Policy['kind'], facts: Facts, locale: 'zh-CN' | 'en') =>
      promise(pick(policyPresets, kind, facts)!, locale);
    assert.equal(promised('first_answer', { channel: 'phone' }, 'zh-CN'), '10 秒内人工应答');
    assert.equal(
      promised('first_reply', { channel: 'email' }, 'en'),
      'An agent sends the first human reply within 1 working day',
    );
    assert.equal(
      promise(row({ value: 90, unit: 'business' }), 'zh-CN'),
      '1 小时 30 分钟内解决工单（按工作时间计）',
    );
    assert.equal(promised('resolve', { priority: 'P1' }, 'zh-CN'), '', 'no target is no promise');
  });

  test('a scope of several keys names them all', () => {
    const policy = row({
      scope: { channel: 'email', category: 'tech', customerLevel: 'vip', groupId: 'g1' },
      value: 90,
    });
    assert.equal(
      sentence(policy, 'zh-CN', { categories: { tech: '技术支持类' }, groups: { g1: '二线' } }),
      '邮件渠道、分类「技术支持类」、VIP客户、技能组「二线」：处理人须在 1 小时 30 分钟内解决工单（按自然时间计）',
    );
  });

  test('every kind has its sentence in both languages', () => {
    for (const kind of deadlineKinds)
      for (const locale of ['zh-CN', 'en'] as const)
        assert.doesNotMatch(sentence(row({ kind }), locale), /\{|undefined/);
  });
});
