import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import { createToken } from '#modules/identity/index.ts';
import { openTicket } from '#modules/tickets/index.ts';
import { deadlinesOf } from '#modules/deadlines/index.ts';

type Answer = { status: number; body: Record<string, any> };
let world: World;
let call: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;
let base: string;
let token: string;

before(async () => {
  world = await newWorld({ at: '2026-12-30T10:00:00+08:00' });
  const admin = await world.person('admin');
  token = `zk_${'t'.repeat(40)}`;
  await world.does(admin, createToken, { name: 'test', token, userId: admin.id } as never);
  base = (await world.listen()).address;
  call = async (method, path, body, headers = {}) => {
    const answer = await fetch(`${base}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as Answer['body'] };
  };
});
after(() => world.end());

const office = (more: object = {}): object => {
  const day = [
    ['09:00', '12:00'],
    ['13:00', '18:00'],
  ];
  return {
    name: '办公时间',
    zone: 'Asia/Shanghai',
    statutory: 'CN',
    week: { mon: day, tue: day, wed: day, thu: day, fri: day, sat: [], sun: [] },
    days: [],
    ...more,
  };
};
const made = async (more: object = {}): Promise<string> =>
  (await call('POST', '/calendars', office(more))).body.id;
const computed = async (id: string, body: object): Promise<Answer['body']> =>
  (await call('POST', `/calendars/${id}/compute`, body)).body;

describe('calendars over HTTP', () => {
  test('a calendar that names no zone is one of Asia/Shanghai, without holidays of its own accord', async () => {
    const { status, body } = await call('POST', '/calendars', {
      name: '只有周一',
      week: { mon: [['09:00', '18:00']] },
    });
    assert.deepEqual([status, body.zone, body.statutory], [201, 'Asia/Shanghai', null]);
    await call('DELETE', `/calendars/${body.id}`);
  });
  test('a calendar is called something in English too; a preset is from the start', async () => {
    const id = await made({ nameEn: 'Office hours' });
    assert.equal((await call('GET', `/calendars/${id}`)).body.nameEn, 'Office hours');
    const hours = await call('PATCH', `/calendars/${id}`, { name: '新办公时间' });
    assert.deepEqual([hours.body.name, hours.body.nameEn], ['新办公时间', 'Office hours']);
    const { items } = (await call('GET', '/calendars')).body as unknown as {
      items: { name: string; nameEn: string; standard: boolean }[];
    };
    assert.equal(items.find(({ standard }) => standard)?.nameEn, 'Working days 9:00–18:00');
    await call('DELETE', `/calendars/${id}`);
  });
  test('an hour written wrongly is told by an example, not by an expression', async () => {
    const { body } = await call('POST', '/calendars', office({ week: { mon: [['9 Uhr', '18:00']] } }));
    assert.deepEqual(
      body.errors.map(({ pointer, message }: any) => [pointer, message]),
      [['/week/mon/0/0', '格式不正确（09:00）']],
    );
  });
  test('SD1-02 the presets are there, each with its hours in words; the standard one comes first', async () => {
    const { status, body } = await call('GET', '/calendars');
    assert.equal(status, 200);
    assert.equal(body.items.length, 7);
    assert.deepEqual(
      [body.items[0].standard, body.items[0].hours, body.items[0].minutesPerBusinessDay],
      [true, '工作日 9:00–18:00', 540],
    );
    const english = await call('GET', `/calendars/${body.items[0].id}`, undefined, {
      'accept-language': 'en',
    });
    assert.equal(english.body.hours, 'Working days 9:00–18:00');
  });

  test('a calendar is created whole and read back; one business day is its longest day', async () => {
    const { status, body } = await call('POST', '/calendars', office());
    assert.equal(status, 201);
    assert.equal(body.minutesPerBusinessDay, 480);
    assert.equal(body.version, 1);
    assert.deepEqual((await call('GET', `/calendars/${body.id}`)).body, body);
  });

  test('§3 what cannot be counted with is refused, each place named, in both languages', async () => {
    const refused = async (more: object, language = 'zh-CN'): Promise<Answer> =>
      call('POST', '/calendars', office(more), { 'accept-language': language });
    const empty = await refused({ week: {} });
    assert.deepEqual(
      [empty.status, empty.body.code, empty.body.errors[0].pointer, empty.body.errors[0].message],
      [422, 'CALENDAR_INVALID', '/week', '每周至少要有一个工作时段'],
    );
    assert.equal(
      (await refused({ week: { mon: [['09:00', '09:00']] } }, 'en')).body.errors[0].message,
      'the span starts when it ends',
    );
    assert.equal((await refused({ zone: 'Mars/Olympus' })).body.errors[0].pointer, '/zone');
    assert.equal(
      (await refused({ days: [{ date: '2026-02-30', kind: 'off' }] })).body.errors[0].pointer,
      '/days/0/date',
    );
    assert.equal(
      (
        await refused({
          week: {
            mon: [
              ['09:00', '12:00'],
              ['11:00', '18:00'],
            ],
          },
        })
      ).body.code,
      'CALENDAR_INVALID',
    );
    assert.equal((await refused({ minutesPerBusinessDay: 0 })).status, 422);
    assert.equal((await refused({ colour: 'red' })).body.code, 'UNKNOWN_FIELD');
  });

  test('§3 the opening instant belongs to the span, a due instant on closing stays there, lunch does not count', async () => {
    const id = await made();
    const due = async (from: string, minutes: number): Promise<string> =>
      (await computed(id, { from: `2026-03-05T${from}:00+08:00`, add: { minutes } })).dueAt;
    assert.equal(await due('09:00', 180), '2026-03-05T04:00:00.000Z');
    assert.equal(await due('11:00', 120), '2026-03-05T06:00:00.000Z');
    assert.equal(await due('08:00', 60), '2026-03-05T02:00:00.000Z');
    assert.equal(await due('13:00', 300), '2026-03-05T10:00:00.000Z');
    assert.equal(await due('13:00', 301), '2026-03-06T01:01:00.000Z');
  });

  test('§3 business days are so many times the minutes of one, over make-up days and Spring Festival', async () => {
    const id = await made({
      week: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [['09:00', '18:00']]])),
    });
    const answer = await computed(id, { from: '2026-02-13T10:00:00+08:00', add: { businessDays: 3 } });
    assert.equal(answer.dueAt, '2026-02-25T02:00:00.000Z');
    assert.match(answer.why, /春节放假/);
    assert.ok(answer.trace.every((step: { kind: string }) => typeof step.kind === 'string'));
    assert.equal(answer.trace.at(-1).at, '2026-02-25T02:00:00.000Z');
    assert.deepEqual(
      (await computed(id, { from: '2026-02-13T10:00:00+08:00', to: '2026-02-25T10:00:00+08:00' }))
        .businessMinutes,
      3 * 540,
    );
  });

  test('§3 a pause moves the due instant by its counted minutes only', async () => {
    const id = await made();
    const pauses = [{ from: '2026-03-05T11:30:00+08:00', to: '2026-03-05T13:30:00+08:00' }];
    assert.equal(
      (await computed(id, { from: '2026-03-05T09:00:00+08:00', add: { minutes: 240 }, pauses })).dueAt,
      '2026-03-05T07:00:00.000Z',
    );
    assert.equal(
      (await computed(id, { from: '2026-03-05T09:00:00+08:00', to: '2026-03-05T18:00:00+08:00', pauses }))
        .businessMinutes,
      420,
    );
    assert.equal(
      (await computed(id, { from: '2026-03-05T09:00:00+08:00', add: { minutes: 240, unit: 'wall' }, pauses }))
        .dueAt,
      '2026-03-05T07:00:00.000Z',
    );
  });

  test('P96 wall time is elapsed time on the night the clocks change, business time follows the wall clock', async () => {
    const id = await made({
      zone: 'Europe/Berlin',
      statutory: null,
      week: Object.fromEntries(
        ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [['00:00', '24:00']]]),
      ),
    });
    assert.equal(
      (await computed(id, { from: '2026-03-29T00:30:00+01:00', add: { hours: 4, unit: 'wall' } })).dueAt,
      '2026-03-29T03:30:00.000Z',
    );
    assert.equal(
      (await computed(id, { from: '2026-03-28T12:00:00+01:00', to: '2026-03-29T12:00:00+02:00' }))
        .businessMinutes,
      23 * 60,
    );
    assert.equal(
      (await computed(id, { from: '2026-10-24T12:00:00+02:00', to: '2026-10-25T12:00:00+01:00' }))
        .businessMinutes,
      25 * 60,
    );
  });

  test('questions without an answer are refused and say where', async () => {
    const id = await made();
    const ask = (body: object): Promise<Answer> =>
      call('POST', `/calendars/${id}/compute`, { from: '2026-03-05T09:00:00+08:00', ...body });
    for (const add of [{ minutes: 0 }, { hours: -1 }, { businessDays: 0 }])
      assert.deepEqual(
        [(await ask({ add })).status, (await ask({ add })).body.code],
        [422, 'TARGET_NOT_POSITIVE'],
      );
    for (const body of [
      {},
      { add: {} },
      { add: { minutes: 1, hours: 1 } },
      { to: '2026-03-04T09:00:00+08:00' },
      { add: { minutes: 5 }, pauses: [{ from: '2026-03-05T10:00:00Z', to: '2026-03-05T09:00:00Z' }] },
      { add: { minutes: 1e12 } },
      { add: { businessDays: 1, unit: 'wall' } },
    ])
      assert.equal((await ask(body)).status, 422, JSON.stringify(body));
    assert.equal(
      (
        await call('POST', '/calendars/00000000-0000-7000-8000-000000000000/compute', {
          from: '2026-03-05T09:00:00+08:00',
          add: { minutes: 5 },
        })
      ).status,
      404,
    );
  });

  test('days of a range carry their spans and how sure the plan of the year is', async () => {
    const id = await made();
    const { body } = await call('GET', `/calendars/${id}/days?from=2026-02-13&to=2026-02-16`);
    assert.deepEqual(
      body.items.map((day: any) => [day.date, day.kind, day.spans.length, day.yearStatus]),
      [
        ['2026-02-13', 'work', 2, 'published'],
        ['2026-02-14', 'work', 2, 'published'],
        ['2026-02-15', 'off', 0, 'published'],
        ['2026-02-16', 'off', 0, 'published'],
      ],
    );
    const next = await call('GET', `/calendars/${id}/days?from=2027-05-01&to=2027-05-01`);
    assert.equal(next.body.items[0].yearStatus, 'provisional');
    for (const query of [
      'from=2026-02-30&to=2026-03-01',
      'from=2026-03-02&to=2026-03-01',
      'from=2000-01-01&to=2026-03-01',
    ])
      assert.equal((await call('GET', `/calendars/${id}/days?${query}`)).status, 422);
  });

  test('a stale version is refused, an unused calendar is deleted, a used one is not', async () => {
    const id = await made();
    assert.equal(
      (await call('PATCH', `/calendars/${id}`, { name: '一' }, { 'if-match': '"1"' })).body.version,
      2,
    );
    const stale = await call('PATCH', `/calendars/${id}`, { name: '二' }, { 'if-match': '"1"' });
    assert.deepEqual([stale.status, stale.body.code], [412, 'STALE_VERSION']);
    assert.equal(
      (await call('PATCH', `/calendars/${id}`, { makeUpPattern: 'fri' })).body.makeUpPattern,
      'fri',
    );
    assert.equal((await call('DELETE', `/calendars/${id}`)).status, 200);
    assert.equal((await call('GET', `/calendars/${id}`)).status, 404);
    const [standard] = (await call('GET', '/calendars')).body.items;
    const refused = await call('DELETE', `/calendars/${standard.id}`);
    assert.deepEqual([refused.status, refused.body.code], [409, 'CALENDAR_IN_USE']);
  });

  test('only who maintains calendars may write them', async () => {
    const agent = await world.person('agent');
    const weak = `zk_${'a'.repeat(40)}`;
    await world.does(await world.person('admin'), createToken, {
      name: 'weak',
      token: weak,
      userId: agent.id,
    } as never);
    const answer = await call('POST', '/calendars', office(), { authorization: `Bearer ${weak}` });
    assert.deepEqual([answer.status, answer.body.code], [403, 'FORBIDDEN']);
    assert.equal(
      (await call('GET', '/calendars', undefined, { authorization: `Bearer ${weak}` })).status,
      200,
    );
  });

  test('a year that is imported moves the due instant of a running ticket, and the move is told', async () => {
    const supervisor = await world.person('supervisor', { groups: ['tech'] });
    const { id } = await world.does(supervisor, openTicket, {
      customer: { kind: 'person', name: '李雷', phones: ['13900001234'] },
      channel: 'phone',
      category: 'tech.fault',
      urgency: 'medium',
      impact: 'group',
      subject: '故障',
      description: '故障',
    });
    const resolve = async () =>
      (await deadlinesOf(world.db, [id])).get(id)!.find(({ kind }) => kind === 'resolve')!;
    const before = await resolve();
    assert.deepEqual([before.dueAt, before.provisional], ['2027-01-05T02:00:00.000Z', true]);
    assert.match(before.why, /2027 年放假安排尚未公布/);
    const [standard] = (await call('GET', '/calendars')).body.items;
    const day = (date: string): object => ({ name: '元旦', date, isOffDay: true });
    const plan = {
      year: 2027,
      papers: ['https://www.gov.cn/notice'],
      days: [day('2026-12-31'), day('2027-01-01'), day('2027-01-02'), day('2027-01-03')],
    };
    const { status, body } = await call('POST', `/calendars/${standard.id}/import`, plan);
    assert.deepEqual(
      [status, body.year, body.status, body.days, body.movedDeadlines],
      [200, 2027, 'published', 4, 1],
    );
    const moved = await resolve();
    assert.deepEqual([moved.dueAt, moved.provisional], ['2027-01-06T02:00:00.000Z', false]);
    const { rows } = await world.db.pool.query(
      `select data from event where subject_id = $1 and type = 'deadline.moved'`,
      [id],
    );
    assert.deepEqual(
      rows.map(({ data }: any) => [data.kind, data.was, data.dueAt, data.because]),
      [['resolve', before.dueAt, moved.dueAt, 'calendar']],
    );
    assert.equal((await call('POST', `/calendars/${standard.id}/import`, plan)).body.movedDeadlines, 0);
    await world.later({ seconds: 10 });
    assert.equal((await resolve()).dueAt, moved.dueAt);
    const wrong = await call('POST', `/calendars/${standard.id}/import`, {
      ...plan,
      days: [day('2025-01-01')],
    });
    assert.deepEqual([wrong.status, wrong.body.errors[0].pointer], [422, '/days/0/date']);
  });

  test('a calendar without a statutory plan takes imported days as its own', async () => {
    const id = await made({ statutory: null, days: [{ date: '2027-03-01', kind: 'off', name: '店休' }] });
    await call('POST', `/calendars/${id}/import`, {
      year: 2027,
      days: [{ name: '周年庆', date: '2027-03-02', isOffDay: true }],
    });
    const { body } = await call('GET', `/calendars/${id}/days?from=2027-03-01&to=2027-03-03`);
    assert.deepEqual(
      body.items.map((item: any) => item.kind),
      ['off', 'off', 'work'],
    );
  });
});
