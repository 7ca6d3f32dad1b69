import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import type { Actor } from '#kernel/actor.ts';
import { createToken } from '#modules/identity/index.ts';
import { deadlinesOf } from '#modules/deadlines/index.ts';
import { openTicket, ticketById } from '#modules/tickets/index.ts';

type Answer = { status: number; body: Record<string, any> };
let world: World;
let agent: Actor;
let call: (method: string, path: string, body?: unknown) => Promise<Answer>;

before(async () => {
  world = await newWorld({ at: '2026-03-05T09:00:00+08:00' });
  const admin = await world.person('admin', { name: '管理员' });
  agent = await world.person('supervisor', { groups: ['relations'] });
  const token = `zk_${'p'.repeat(40)}`;
  await world.does(admin, createToken, { name: 'test', token, userId: admin.id });
  const { address } = await world.listen();
  call = async (method, path, body) => {
    const answer = await fetch(`${address}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as Answer['body'] };
  };
});
after(() => world.end());

/** The rows in force as a client sends them back, with one changed. */
const edited = async (change: (row: any) => object | undefined): Promise<object[]> =>
  (await call('GET', '/policies')).body.items.map((shown: any) => {
    const row = { ...shown, sentence: undefined };
    return change(row) ?? row;
  });
const severe = async (): Promise<string> =>
  (
    await world.does(agent, openTicket, {
      customer: { kind: 'person', name: '王芳', phones: ['13700001234'] },
      channel: 'phone',
      category: 'complaint_suggestion.complaint',
      urgency: 'high',
      impact: 'group',
      subject: '投诉',
      description: '投诉',
      fields: { severe: true },
    })
  ).id;
const planHours = async (id: string): Promise<number> => {
  const { dueAt, startedAt } = (await deadlinesOf(world.db, [id]))
    .get(id)!
    .find(({ kind }) => kind === 'complaint_plan')!;
  return (Date.parse(dueAt!) - Date.parse(startedAt)) / 3_600_000;
};

describe('policies over HTTP', () => {
  test('SD2-06 each row reads as a sentence', async () => {
    const { status, body } = await call('GET', '/policies');
    assert.equal(status, 200);
    assert.equal(body.version, 1);
    const p3 = body.items.find((row: any) => row.kind === 'resolve' && row.scope.priority === 'P3');
    assert.deepEqual([p3.value, p3.unit], [3, 'businessDays']);
    assert.match(p3.sentence, /3 个工作日内解决工单/);
    const p1 = body.items.find((row: any) => row.kind === 'resolve' && row.scope.priority === 'P1');
    assert.match(p1.sentence, /不设时限/);
  });

  test('SD4-27 the standard changes from 48 h to 36 h on a day: a ticket of before keeps 48 h', async () => {
    const before = await severe();
    const items = await edited((row) =>
      row.kind === 'complaint_plan' && row.scope.intent === 'severe' ? { ...row, value: 36 * 60 } : undefined,
    );
    const published = await call('PUT', '/policies', {
      items,
      note: '投诉处理 48 小时改为 36 小时',
      effectiveFrom: '2026-03-10T00:00:00+08:00',
    });
    assert.equal(published.status, 200);
    assert.deepEqual(
      [published.body.version, published.body.author, published.body.effectiveFrom],
      [2, '管理员', '2026-03-09T16:00:00.000Z'],
    );
    assert.equal((await call('GET', '/policies')).body.version, 1);
    await world.until('2026-03-09T23:59:00+08:00');
    const eve = await severe();
    await world.until('2026-03-10T00:00:00+08:00');
    const after = await severe();
    assert.deepEqual([await planHours(before), await planHours(eve), await planHours(after)], [48, 48, 36]);
    assert.deepEqual(
      [
        (await ticketById(world.centre, agent, eve)).policyVersion,
        (await ticketById(world.centre, agent, after)).policyVersion,
      ],
      [1, 2],
    );
    assert.equal((await call('GET', '/policies')).body.version, 2);
    assert.equal((await call('GET', '/policies?version=1')).body.items.length, items.length);
    assert.deepEqual(
      (await call('GET', '/policies/versions')).body.items.map((row: any) => [row.version, row.note]),
      [
        [2, '投诉处理 48 小时改为 36 小时'],
        [1, '初始版本'],
      ],
    );
  });

  test('the table and the playbooks come page after page when a limit is asked for', async () => {
    for (const path of ['/policies', '/playbooks']) {
      const whole = (await call('GET', path)).body;
      assert.equal(whole.nextCursor, null, path);
      assert.ok(whole.items.length > 4, path);
      const name = (row: { id?: string; key?: string }) => row.id ?? row.key;
      const first = (await call('GET', `${path}?limit=3`)).body;
      assert.deepEqual(first.items.map(name), whole.items.slice(0, 3).map(name));
      const rest = (await call('GET', `${path}?limit=200&cursor=${first.nextCursor}`)).body;
      assert.deepEqual(rest.items.map(name), whole.items.slice(3).map(name));
      assert.equal(rest.nextCursor, null);
      assert.equal((await call('GET', `${path}?cursor=x`)).status, 422);
    }
  });

  test('a row keeps its id over versions', async () => {
    const before = (await call('GET', '/policies')).body.items.map((row: any) => row.id);
    await call('PUT', '/policies', { items: await edited(() => undefined) });
    assert.deepEqual(
      (await call('GET', '/policies')).body.items.map((row: any) => row.id),
      before,
    );
  });

  test('what cannot be kept is refused and nothing is published', async () => {
    const { version } = (await call('GET', '/policies')).body;
    const one = { kind: 'resolve', scope: {}, value: 60, unit: 'wall' };
    const zero = await call('PUT', '/policies', { items: [one, { ...one, value: 0 }] });
    assert.deepEqual(
      [zero.status, zero.body.code, zero.body.errors[0].pointer],
      [422, 'TARGET_NOT_POSITIVE', '/items/1/value'],
    );
    const ladder = await call('PUT', '/policies', {
      items: [
        {
          ...one,
          ladder: [
            { afterMinutes: 30, notify: 'lead' },
            { afterMinutes: 10, notify: 'manager' },
          ],
        },
      ],
    });
    assert.deepEqual([ladder.status, ladder.body.code], [422, 'POLICY_INVALID']);
    const calendar = await call('PUT', '/policies', {
      items: [{ ...one, calendarId: '00000000-0000-7000-8000-000000000000' }],
    });
    assert.deepEqual([calendar.status, calendar.body.errors[0].pointer], [422, '/items/0/calendarId']);
    assert.equal(
      (await call('PUT', '/policies', { items: [{ ...one, colour: 1 }] })).body.code,
      'UNKNOWN_FIELD',
    );
    assert.equal((await call('GET', '/policies?version=99')).status, 404);
    assert.equal((await call('GET', '/policies')).body.version, version);
  });
});
