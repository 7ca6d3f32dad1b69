/** A playbook of one's own from the screen: begun, published, switched on; a rule changes tickets by itself. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Ajv } from 'ajv';
import { packFaults } from '#contracts/pack-check.ts';
import { DraftPack } from '#contracts/pack.ts';
import type { Pack } from '#contracts/pack.ts';
import { beginnings } from '#contracts/routes/playbooks.ts';
import type { Actor } from '#kernel/actor.ts';
import { sql } from '#kernel/sql.ts';
import { changeTicket, openTicket } from '#modules/tickets/index.ts';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import { beginningOf } from './beginnings.ts';
import { createPlaybook } from './commands/create.ts';
import { discardDraft, draftPlaybook, publishPlaybook, switchPlaybook } from './commands/versions.ts';
import { listPlaybooks, playbookVersion } from './queries/playbooks.ts';

let world: World;
let manager: Actor;
let agent: Actor;
before(async () => {
  world = await newWorld({ at: '2026-11-18T10:00:00+08:00' });
  manager = await world.person('manager');
  agent = await world.person('agent', { groups: ['consult'] });
});
after(() => world.end());

const told = {
  key: 'vip_first',
  name: { zh: 'VIP 优先', en: 'VIP first' },
  goal: { zh: '要紧的客户先办', en: 'Serve them first' },
  industry: '通用',
};
let phone = 13_800_000_000;
const open = async (level: string): Promise<string> => {
  const { id } = (await world.does(agent, openTicket, {
    customer: { kind: 'person', name: '客户', level, phones: [String(phone++)] },
    channel: 'phone',
    category: 'consult',
    urgency: 'low',
    impact: 'single',
    subject: '问一件事',
    description: '问',
  } as never)) as { id: string };
  await world.centre.settle();
  return id;
};
const ticket = (id: string) =>
  world.db.one(
    sql<{ urgency: string; priority: string; why: string; product: string | null }>`
      select urgency, priority, priority_why as why, product from ticket where id = ${id}::uuid`,
  );

test('what a new playbook begins with may be published as it stands', () => {
  for (const begin of beginnings)
    assert.deepEqual(
      packFaults(beginningOf(begin, { ...told, owner: 'manager' }), { roles: [], groups: [] }),
      [],
      begin,
    );
});

test('a rule changes the tickets its condition holds for, once it is in force and on', async () => {
  await assert.rejects(world.does(agent, createPlaybook, { ...told, begin: 'rule' }), { code: 'FORBIDDEN' });
  await world.does(manager, createPlaybook, { ...told, begin: 'rule' });
  await assert.rejects(world.does(manager, createPlaybook, { ...told, begin: 'rule' }), { code: 'CONFLICT' });
  assert.equal((await ticket(await open('vip'))).urgency, 'low', 'a draft changes nothing');
  await world.does(manager, publishPlaybook, { key: told.key, note: '首版' });
  await world.does(manager, switchPlaybook, { key: told.key, enabled: true });
  assert.equal((await ticket(await open('vip'))).urgency, 'high');
  assert.equal((await ticket(await open('normal'))).urgency, 'low');
  const { runs } = await world.db.one(
    sql<{
      runs: number;
    }>`select count(*)::int as runs from run where playbook = ${told.key} and state = 'done'`,
  );
  assert.equal(runs, 1, 'the rule ran once and is over');
});

test('a rule that sets the priority gives its step as the reason', async () => {
  const pack: Pack = {
    ...beginningOf('rule', { ...told, key: 'first', owner: 'manager' }),
    startsWhen: [{ event: 'ticket.opened', if: { 'customer.level': 'potential' } }],
    steps: [
      {
        key: 'rank',
        name: { zh: '潜力客户先谈', en: 'Talk first' },
        kind: 'change',
        set: { priority: 'P2' },
      },
    ],
  };
  await world.does(manager, createPlaybook, { ...told, key: 'first', begin: 'rule' });
  await world.does(manager, draftPlaybook, { key: 'first', pack });
  await world.does(manager, publishPlaybook, { key: 'first', note: '首版' });
  await world.does(manager, switchPlaybook, { key: 'first', enabled: true });
  const { priority, why } = await ticket(await open('potential'));
  assert.equal(priority, 'P2');
  assert.match(why, /潜力客户先谈/);
});

test('two rules that undo each other come to an end', async () => {
  const rule = async (key: string, from: string, to: string) => {
    await world.does(manager, createPlaybook, { ...told, key, begin: 'rule' });
    const pack: Pack = {
      ...beginningOf('rule', { ...told, key, owner: 'manager' }),
      startsWhen: [{ event: 'ticket.changed', if: { 'ticket.urgency': from, 'ticket.subject': '来回' } }],
      steps: [{ key: 'back', name: told.name, kind: 'change', set: { urgency: to } }],
    };
    await world.does(manager, draftPlaybook, { key, pack });
    await world.does(manager, publishPlaybook, { key, note: '首版' });
    await world.does(manager, switchPlaybook, { key, enabled: true });
  };
  await rule('up', 'medium', 'high');
  await rule('down', 'high', 'medium');
  const id = await open('normal');
  await world.does(agent, changeTicket, { id, subject: '来回', urgency: 'medium' });
  await world.later({ minutes: 10 });
  const { runs } = await world.db.one(
    sql<{ runs: number }>`select count(*)::int as runs from run where playbook in ('up', 'down')`,
  );
  assert.ok(runs > 2 && runs <= 10, `${runs} runs`);
  await world.later({ hours: 24 });
  const { later } = await world.db.one(
    sql<{ later: number }>`select count(*)::int as later from run where playbook in ('up', 'down')`,
  );
  assert.equal(later, runs, 'nothing goes on circling');
});

test('what a change step cannot do is told in a sentence', () => {
  const faultsOf = (set: NonNullable<Pack['steps'][number]['set']>) => {
    const pack = beginningOf('rule', { ...told, owner: 'manager' });
    return packFaults({ ...pack, steps: [{ ...pack.steps[0]!, set }] }, { roles: [], groups: [] }).map(
      ({ at, zh }) => `${at} ${zh}`,
    );
  };
  assert.match(faultsOf({})[0]!, /没有写明改工单的什么/);
  assert.match(faultsOf({ urgncy: 'high' })[0]!, /^\/steps\/0\/set\/urgncy .*是不是“urgency”？/);
  assert.match(faultsOf({ urgency: 'hot' })[0]!, /没有这个取值，可用：critical、high/);
  assert.deepEqual(faultsOf({ urgency: 'high', emergency: true }), []);
});

test('one that was never published goes with its draft', async () => {
  await world.does(manager, createPlaybook, { ...told, key: 'mistake', begin: 'work' });
  await world.does(manager, discardDraft, { key: 'mistake' });
  assert.equal(await world.db.maybe(sql`select 1 from playbook where key = 'mistake'`), undefined);
  await world.does(manager, draftPlaybook, {
    key: told.key,
    pack: beginningOf('rule', { ...told, owner: 'manager' }),
  });
  await world.does(manager, discardDraft, { key: told.key });
  assert.ok(await world.db.maybe(sql`select 1 from playbook where key = ${told.key}`));
});

test('two at one draft: what the other wrote is not written over, nor published unseen', async () => {
  const key = 'together';
  const pack = beginningOf('work', { ...told, key, owner: 'manager' });
  const named = (zh: string) => ({ ...pack, name: { zh, en: 'x' } });
  await world.does(manager, createPlaybook, { ...told, key, begin: 'work' });
  const { edit } = await playbookVersion(world.centre, key, 1);
  const mine = await world.does(manager, draftPlaybook, { key, pack: named('我的'), edit });
  assert.notEqual(mine.edit, edit);
  const late = { code: 'STALE_VERSION' };
  await assert.rejects(world.does(manager, draftPlaybook, { key, pack: named('你的'), edit }), late);
  await assert.rejects(world.does(manager, publishPlaybook, { key, note: '首版', edit }), late);
  assert.equal((await playbookVersion(world.centre, key, 1)).pack.name.zh, '我的');
  await world.does(manager, publishPlaybook, { key, note: '首版', edit: mine.edit });
  const next = await world.does(manager, draftPlaybook, { key, pack: named('改过'), edit: 0 });
  assert.equal(next.version, 2);
  await assert.rejects(world.does(manager, draftPlaybook, { key, pack, edit: 0 }), late);
});

test('a draft may be wrong, but never so that it cannot be listed and opened', async () => {
  const key = 'broken';
  const pack = beginningOf('work', { ...told, key, owner: 'manager' });
  await world.does(manager, createPlaybook, { ...told, key, begin: 'work' });
  const wrong: unknown[] = [null, 'x', [], {}, { ...pack, steps: [] }, { ...pack, name: 5 }];
  const isDraft = new Ajv({ strict: false }).compile(DraftPack);
  for (const one of wrong) assert.equal(isDraft(one), false, JSON.stringify(one));
  const unfinished = {
    ...pack,
    name: { zh: ' ', en: '' },
    steps: [{ ...pack.steps[0]!, within: '' }],
  };
  assert.ok(isDraft(unfinished), JSON.stringify(isDraft.errors));
  const { faults } = await world.does(manager, draftPlaybook, { key, pack: unfinished });
  assert.deepEqual(
    faults.map(({ at }) => at).toSorted(),
    ['/name/en', '/name/zh', '/steps/0/within'],
    'a blank name is no name',
  );
  assert.ok((await listPlaybooks(world.centre, manager)).some((row) => row.key === key));
});

test('what would never start is told where it stands', () => {
  const pack = beginningOf('schedule', { ...told, owner: 'manager' });
  const faultsOf = (patch: Partial<Pack>) =>
    packFaults({ ...pack, ...patch }).map(({ at, zh }) => `${at} ${zh}`);
  const startsWhen = [{ event: 'ticket.opened' }];
  assert.match(
    faultsOf({ startsWhen })[0]!,
    /^\/startsWhen\/0\/event 办的是整个中心，“登记工单”不会启动它；请删去/,
  );
  assert.match(
    faultsOf({ about: 'customer', startsWhen })[0]!,
    /^\/startsWhen\/0\/event 办的是客户，“登记工单”不会启动它；请换一个事件/,
  );
  assert.deepEqual(faultsOf({ about: 'ticket', every: undefined, startsWhen }), []);
  const said = [{ event: 'message.posted' }];
  assert.deepEqual(faultsOf({ about: 'conversation', every: undefined, startsWhen: said }), []);
  assert.match(
    faultsOf({ every: [{ each: 'month', at: '25:99', on: 31 }] })[0]!,
    /^\/every\/0\/at “25:99”不是钟点/,
  );
});

test('work by the calendar comes on its day, on the last of a month that has no 31st', async () => {
  const key = 'month_end';
  const pack: Pack = {
    ...beginningOf('schedule', { ...told, key, owner: 'manager' }),
    every: [{ each: 'month', at: '09:00', on: 31 }],
  };
  await world.does(manager, createPlaybook, { ...told, key, begin: 'schedule' });
  await world.does(manager, draftPlaybook, { key, pack });
  await world.does(manager, publishPlaybook, { key, note: '首版' });
  await world.does(manager, switchPlaybook, { key, enabled: true });
  const { wait } = await world.db.one(
    sql<{
      wait: number;
    }>`select extract(epoch from '2026-11-30T09:00:00+08:00'::timestamptz - ${new Date(world.clock.now())}::timestamptz)::int as wait`,
  );
  const runs = async () =>
    (
      await world.db.one(
        sql<{
          runs: number;
        }>`select count(*)::int as runs from run where playbook = ${key} and state = 'running'`,
      )
    ).runs;
  await world.later({ minutes: Math.floor(wait / 60) - 1 });
  assert.equal(await runs(), 0, 'not before its time');
  await world.later({ minutes: 2 });
  assert.equal(await runs(), 1);
});
