import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import type { Actor } from '#kernel/actor.ts';
import { sql } from '#kernel/sql.ts';
import { accept, channelByKey, close, receive, transfer } from '#modules/conversations/index.ts';
import { changeGroup, createGroup, groups, setPresence } from '#modules/identity/index.ts';
import {
  assignTicket,
  claimTicket,
  escalateTicket,
  openTicket,
  resolveTicket,
  startTicket,
} from '#modules/tickets/index.ts';
import { tiersSince } from './tiers.ts';

let world: World;
let admin: Actor;
let agent: Actor;
let channelId = '';
const idOf = async (key: string) =>
  (await world.db.one(sql<{ id: string }>`select id from skill_group where key = ${key}`)).id;
const visitor: Actor = { kind: 'customer', id: 'v', name: '访客', grants: {}, groupIds: [], channelIds: [] };
before(async () => {
  world = await newWorld();
  admin = await world.person('admin');
  agent = await world.person('supervisor', { groups: ['consult', 'tech'], maxChats: 20 });
  channelId = (await channelByKey(world.db, 'web'))!.id;
  await world.does(agent, setPresence, { userId: agent.id, state: 'ready' });
});
after(() => world.end());

test('SD3i-01 the organisation tree holds technical centre, repair centre, branch with its region, and call centre', async () => {
  const make = (key: string, unit: 'tech_centre' | 'repair_centre' | 'branch' | 'call_centre', more = {}) =>
    world.does(admin, createGroup, { key, name: key, unit, ...more });
  const core = await make('core', 'tech_centre');
  await make('bench', 'repair_centre', { parentId: core });
  const branch = await make('north', 'branch', { parentId: core, region: '华北' });
  await make('calls', 'call_centre', { parentId: core });
  const below = (await groups(world.db)).filter(({ parentId }) => parentId === core);
  assert.deepEqual(below.map(({ unit, region }) => [unit, region]).toSorted(), [
    ['branch', '华北'],
    ['call_centre', ''],
    ['repair_centre', ''],
  ]);
  await assert.rejects(world.does(admin, changeGroup, { id: core, parentId: branch }), {
    code: 'GROUP_LOOP',
  });
  await assert.rejects(world.does(admin, changeGroup, { id: core, parentId: core }), { code: 'GROUP_LOOP' });
});

test('SD3i-03 a transfer from tier 1 to tier 2 is counted; the rest of what tier 1 took is its solve rate', async () => {
  await world.does(admin, changeGroup, { id: await idOf('consult'), tier: 1 });
  await world.does(admin, changeGroup, { id: await idOf('tech'), tier: 2 });
  const talk = async () => {
    const { conversationId: id } = await world.does(visitor, receive, { channelId, body: '你好' });
    await world.does(agent, accept, { id });
    return id;
  };
  const tiers = () => tiersSince(world.centre, agent, new Date(world.clock.now() - 3_600_000));
  const [solved, passed] = [await talk(), await talk()];
  await world.does(agent, transfer, { id: passed, toGroupId: await idOf('tech'), note: '主板问题' });
  await world.does(agent, accept, { id: passed });
  for (const id of [solved, passed]) await world.does(agent, close, { id, reason: 'agent_closed' });
  assert.deepEqual(await tiers(), { configured: true, taken: 2, passed: 1, solved: 1, rate: 0.5 });
  const { id } = await world.does(agent, openTicket, {
    customer: { kind: 'person', name: '张伟', phones: ['13800001234'] },
    channel: 'phone',
    category: 'consult',
    urgency: 'medium',
    impact: 'single',
    subject: '无法开机',
    description: '按电源键没有反应',
  });
  await world.does(agent, assignTicket, { id, groupId: await idOf('tech'), note: '转二线' });
  await world.does(agent, claimTicket, { id });
  await world.does(agent, startTicket, { id });
  await world.does(agent, resolveTicket, {
    id,
    resolution: { solution: '更换主板', steps: '拆机更换', cautions: '无' },
  });
  const { taken, passed: up } = await tiers();
  assert.deepEqual([taken, up], [3, 2]);
});

test('SD3i-03 an escalation of a ticket from tier 1 to a group of tier 2 is counted, one within the tier is not', async () => {
  const tiers = () => tiersSince(world.centre, agent, new Date(world.clock.now() - 3_600_000));
  const before = await tiers();
  const open = async () => {
    const { id } = await world.does(agent, openTicket, {
      customer: { kind: 'person', name: '张伟', phones: ['13800001234'] },
      channel: 'phone',
      category: 'consult',
      urgency: 'medium',
      impact: 'single',
      subject: '无法开机',
      description: '按电源键没有反应',
      assigneeId: agent.id,
    });
    await world.does(agent, startTicket, { id });
    return id;
  };
  const solve = (id: string) =>
    world.does(agent, resolveTicket, { id, resolution: { solution: '更换', steps: '拆机', cautions: '无' } });
  const [up, within] = [await open(), await open()];
  await world.does(agent, escalateTicket, { id: up, reason: '主板问题', toGroupId: await idOf('tech') });
  await world.does(agent, escalateTicket, { id: within, reason: '请主管看看' });
  await solve(up);
  await solve(within);
  const after = await tiers();
  assert.deepEqual(
    [after.taken - before.taken, after.passed - before.passed, after.solved - before.solved],
    [2, 1, 1],
  );
});
