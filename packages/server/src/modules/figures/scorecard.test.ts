import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import type { Actor } from '#kernel/actor.ts';
import { systemActor } from '#kernel/actor.ts';
import { accept, channelByKey, close, receive, say } from '#modules/conversations/index.ts';
import { createCustomer } from '#modules/customers/index.ts';
import { setPresence } from '#modules/identity/index.ts';
import { switchPlaybook } from '#modules/playbooks/index.ts';
import { createRecord } from '#modules/records/index.ts';
import { enterSurvey } from '#modules/surveys/index.ts';
import { openTicket, reopenTicket, resolveTicket } from '#modules/tickets/index.ts';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import { scorecard } from './index.ts';

let world: World;
let manager: Actor;
let agent: Actor;
const machine = systemActor('test');
const visitor: Actor = { kind: 'customer', id: 'v', name: '访客', grants: {}, groupIds: [], channelIds: [] };
before(async () => {
  world = await newWorld({ at: '2026-11-18T10:00:00+08:00' });
  manager = await world.person('manager');
  agent = await world.person('agent', { groups: ['consult'] });
  await world.does(machine, switchPlaybook, { key: 'quality', enabled: true });
});
after(() => world.end());

const solved = async (name: string, category: string, rating: number) => {
  const { id: customerId } = await world.does(machine, createCustomer, { kind: 'person', name });
  const { id } = await world.does(agent, openTicket, {
    customerId,
    channel: 'phone',
    category,
    subject: category,
    description: category,
    urgency: 'low',
    impact: 'single',
    assigneeId: agent.id,
  });
  await world.does(agent, resolveTicket, {
    id,
    resolution: { solution: '已处理', steps: '无', cautions: '无' },
  });
  await world.does(manager, enterSurvey, {
    ticketId: id,
    answer: { efficiency: rating, attitude: rating, effectiveness: rating },
  });
  return id;
};
const chatted = async (minutes: number) => {
  const channelId = (await channelByKey(world.db, 'web'))!.id;
  const { conversationId: id } = await world.does(visitor, receive, { channelId, body: '你好' });
  await world.does(agent, accept, { id, force: true });
  await world.later({ minutes });
  await world.does(agent, say, { id, visibility: 'public', body: '您好' });
  await world.does(agent, close, { id, reason: 'agent_closed' });
};
const checked = (points: number, state: string) =>
  world.does(machine, createRecord, {
    kind: 'quality_check',
    state,
    data: {
      staff: agent.id,
      ...Object.fromEntries(
        ['polite', 'concise', 'restate', 'listening', 'expression', 'emotion', 'solving'].map((item) => [
          item,
          points,
        ]),
      ),
    },
  });

test('SD3n-05 volume, first response, first contact, rating, quality check and attendance of a person are what is counted by hand', async () => {
  const facts = async () =>
    (await scorecard(world.centre, manager, { month: '2026-11' })).find(({ userId }) => userId === agent.id)!
      .facts;
  const none = await facts();
  assert.deepEqual([none.volume, none.csatMean, none.qaScore, none.attendance], [0, null, null, 0]);
  await world.does(agent, setPresence, { userId: agent.id, state: 'ready' });
  await solved('张伟', 'consult.order', 5);
  await world.does(agent, reopenTicket, {
    id: await solved('李娜', 'consult.policy', 3),
    reason: '没有解决',
  });
  await chatted(2);
  await chatted(4);
  await checked(5, 'scored');
  await checked(4, 'agreed');
  // What waits for its points does not count.
  await checked(0, 'to_score');
  const now = await facts();
  assert.deepEqual(
    [now.volume, now.firstResponseTime, now.firstContactResolution, now.csatMean, now.qaScore],
    [4, 3, 50, 75, 90],
  );
  assert.equal(Math.round(100 / now.attendance!), 13, 'one of the thirteen working days so far');
});
