/** A playbook of one's own from the screen: begun, published, switched on; a rule changes tickets by itself. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { packFaults } from '#contracts/pack-check.ts';
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
