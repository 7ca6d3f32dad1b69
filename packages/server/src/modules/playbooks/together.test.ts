/** Runs that wake at one instant share a transaction and reads; each must still go its own way. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Pack } from '#contracts/pack.ts';
import type { Actor } from '#kernel/actor.ts';
import { sql } from '#kernel/sql.ts';
import { openTicket } from '#modules/tickets/index.ts';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import { installPack, listRuns, startPlaybook, switchPlaybook } from './index.ts';

const words = (zh: string) => ({ zh, en: zh });
const pack = {
  key: 'waits',
  name: words('等候'),
  goal: words('等候'),
  version: 1,
  scenario: 'complaint',
  industry: '通用',
  owner: 'relations',
  reviewMonths: 6,
  source: [],
  about: 'ticket',
  enabled: true,
  steps: [
    { key: 'begin', name: words('同时'), kind: 'branch', fork: ['long', 'short'] },
    { key: 'long', name: words('等一小时'), kind: 'wait', until: { passed: '1h' }, next: 'ask' },
    { key: 'short', name: words('也等一小时'), kind: 'wait', until: { passed: '1h' }, next: 'ask' },
    {
      key: 'ask',
      name: words('汇合'),
      kind: 'branch',
      joins: ['long', 'short'],
      next: [{ if: { 'ticket.priority': 'P1' }, to: 'urgent' }, { to: 'help' }],
    },
    { key: 'urgent', name: words('立即处理'), kind: 'do', within: '1h', next: 'end' },
    {
      key: 'help',
      name: words('请人协办'),
      kind: 'ticket',
      open: { group: 'tech', subject: words('协办') },
      next: 'end',
    },
  ],
  records: [],
  scripts: [],
} as unknown as Pack;

let world: World;
let agent: Actor;
before(async () => {
  world = await newWorld();
  agent = await world.person('admin', { groups: ['tech'] });
  // The shipped one that starts on faults would be in the way.
  await world.does(agent, switchPlaybook, { key: 'support', enabled: false });
  await installPack(world.centre, { pack, hash: 'waits' }, 90);
});
after(() => world.end());

const open = (urgency: 'critical' | 'low') =>
  world.does(agent, openTicket, {
    customer: { kind: 'person', name: '同一人', phones: ['13900001111'] },
    channel: 'api',
    category: 'tech.fault',
    urgency,
    impact: urgency === 'critical' ? 'wide' : 'single',
    subject: '屏幕闪烁',
    description: '开机后屏幕闪烁',
  } as never);

test('each of many runs goes on by its own facts, two waits of one run end one after the other, commands in between are seen', async () => {
  const tickets = [];
  for (const urgency of ['critical', 'low', 'critical', 'low', 'low', 'critical'] as const) {
    const { id } = await open(urgency);
    await world.does(agent, startPlaybook, { playbook: 'waits', subjectType: 'ticket', subjectId: id });
    tickets.push({ id, urgency });
  }
  await world.later({ hours: 1 });
  for (const { id, urgency } of tickets) {
    const [run] = await listRuns(world.centre, agent, { ticketId: id }, 'zh-CN');
    const { priority } = await world.db.one(
      sql<{ priority: string }>`select priority from ticket where id = ${id}::uuid`,
    );
    assert.equal(priority === 'P1', urgency === 'critical');
    assert.deepEqual(
      run!.line.filter(({ state }) => state !== 'ahead').map(({ key, state }) => `${key} ${state}`),
      ['long done', 'short done', urgency === 'critical' ? 'urgent open' : 'help open'],
    );
    assert.equal(run!.open.length, urgency === 'critical' ? 1 : 0);
    const { n } = await world.db.one(
      sql<{ n: number }>`select count(*)::int as n from ticket where parent_id = ${id}::uuid`,
    );
    assert.equal(n, urgency === 'critical' ? 0 : 1);
    const shown = await world.db.one(
      sql<{ title: { zh: string } | null }>`select task_title as title from ticket where id = ${id}::uuid`,
    );
    assert.equal(shown.title?.zh, urgency === 'critical' ? '立即处理' : undefined);
  }
  assert.equal((await world.db.all(sql`select 1 from due where dead or error is not null`)).length, 0);
  assert.equal((await world.db.all(sql`select 1 from run_wait where event <> 'ticket.closed'`)).length, 0);
});

test('runs of several tickets are read with the same statements as one', async () => {
  const all = await listRuns(world.centre, agent, { playbook: 'waits' }, 'zh-CN');
  assert.equal(all.length, 6);
  for (const run of all) {
    const [alone] = await listRuns(world.centre, agent, { ticketId: run.ticketId! }, 'zh-CN');
    assert.deepEqual(run, alone);
  }
});
