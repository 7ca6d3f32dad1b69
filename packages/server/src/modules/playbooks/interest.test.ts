/** A ticket that starts nothing is not queued for playbooks; one that starts something always is, whoever changed what is in force. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { mayHold } from '#contracts/conditions.ts';
import type { Pack } from '#contracts/pack.ts';
import type { Actor } from '#kernel/actor.ts';
import { send } from '#kernel/command.ts';
import { openDatabase, sql } from '#kernel/sql.ts';
import { openTicket } from '#modules/tickets/index.ts';
import { buildCentre } from '#server/centre.ts';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import { installPack, listRuns, switchPlaybook } from './index.ts';

const words = (zh: string) => ({ zh, en: zh });
const pack = (key: string, when: Record<string, unknown>) =>
  ({
    key,
    name: words(key),
    goal: words(key),
    version: 1,
    scenario: 'complaint',
    industry: '通用',
    owner: 'relations',
    reviewMonths: 6,
    source: [],
    about: 'ticket',
    enabled: true,
    startsWhen: [{ event: 'ticket.opened', if: when }],
    steps: [{ key: 'work', name: words('处理'), kind: 'do' }],
    records: [],
    scripts: [],
  }) as unknown as Pack;

let world: World;
let agent: Actor;
before(async () => {
  world = await newWorld();
  agent = await world.person('admin', { groups: ['tech'] });
  // The shipped one that starts on faults would be in the way.
  await world.does(agent, switchPlaybook, { key: 'support', enabled: false });
});
after(() => world.end());

const open = async (category = 'tech.fault', urgency: 'high' | 'low' = 'low') => {
  const { id } = await send(
    world.centre,
    openTicket,
    {
      customer: { kind: 'person', name: `客户${world.centre.ids.secret(6)}`, phones: ['13900001111'] },
      channel: 'api',
      category,
      urgency,
      impact: 'wide',
      subject: '屏幕闪烁',
      description: '开机后屏幕闪烁',
    },
    agent,
  );
  const queued = await world.db.one(
    sql<{
      n: number;
    }>`select count(*)::int as n from delivery d join event e on e.id = d.event_id where d.subscriber = 'playbooks.follow' and (e.subject_id = ${id}::uuid or e.type = 'customer.created')`,
  );
  await world.centre.settle();
  const runs = await listRuns(world.centre, agent, { ticketId: id }, 'zh-CN');
  return { queued: queued.n, runs: runs.map(({ playbook }) => playbook.key) };
};

test('what a condition needs and an event does not tell is left open', () => {
  const known = (path: string) => path === 'ticket.complaint';
  const facts = { ticket: { complaint: false } };
  const may = (condition: object) => mayHold(condition as never, facts, known);
  assert.equal(may({}), true);
  assert.equal(may({ 'ticket.complaint': true }), false);
  assert.equal(may({ 'ticket.complaint': false }), true);
  assert.equal(may({ 'customer.level': 'vip' }), true);
  assert.equal(may({ 'customer.level': 'vip', 'ticket.complaint': true }), false);
  assert.equal(may({ any: [{ 'ticket.complaint': true }, { 'customer.level': 'vip' }] }), true);
  assert.equal(may({ any: [{ 'ticket.complaint': true }] }), false);
  assert.equal(may({ not: { 'ticket.complaint': false } }), false);
  assert.equal(may({ not: { 'customer.level': 'vip' } }), true);
  assert.equal(may({ not: { all: [{ 'ticket.complaint': false }, { 'customer.level': 'vip' }] } }), true);
});

test('a plain ticket and its new customer are queued for nobody, a complaint starts its playbook', async () => {
  // The first looks at what is in force; from then on it is known.
  await open();
  assert.deepEqual(await open(), { queued: 0, runs: [] });
  assert.deepEqual((await open('complaint_suggestion.complaint')).runs, ['complaint']);
});

test('a playbook that this process switched on starts with the next ticket; facts the event does not tell are asked for', async () => {
  await installPack(world.centre, { pack: pack('vips', { 'customer.level': 'vip' }), hash: 'vips' }, 91);
  const plain = await open();
  assert.ok(plain.queued > 0);
  assert.deepEqual(plain.runs, []);
  await installPack(world.centre, { pack: pack('urgent', { 'ticket.priority': 'P1' }), hash: 'urgent' }, 92);
  assert.deepEqual((await open('tech.fault', 'high')).runs, ['urgent']);
});

test('what another process has just put in force or switched off is known to the very next ticket', async () => {
  await open();
  const db = openDatabase(world.connection, { max: 2, readers: 2 });
  const other = buildCentre({ config: world.config, db, clock: world.clock });
  try {
    await installPack(other, { pack: pack('all', {}), hash: 'all' }, 93);
    const first = await open();
    assert.ok(first.queued > 0);
    assert.deepEqual(first.runs, ['all']);
    await send(other, switchPlaybook, { key: 'all', enabled: false }, agent);
    assert.deepEqual((await open()).runs, []);
  } finally {
    await db.close();
  }
});
