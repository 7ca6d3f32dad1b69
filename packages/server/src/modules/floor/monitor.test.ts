import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import type { Actor } from '#kernel/actor.ts';
import { sql } from '#kernel/sql.ts';
import { accept, channelByKey, receive } from '#modules/conversations/index.ts';
import { setPresence } from '#modules/identity/index.ts';
import { openTicket } from '#modules/tickets/index.ts';

let world: World;
let agent: Actor;
let boss: Actor;
const visitor: Actor = { kind: 'customer', id: 'v', name: '访客', grants: {}, groupIds: [], channelIds: [] };
before(async () => {
  world = await newWorld();
  agent = await world.person('agent', { groups: ['consult'] });
  boss = await world.person('supervisor', { groups: ['consult'] });
});
after(() => world.end());

test('SD3g-12 forcing a state and taking over are logged with who did it, to whom, when and why', async () => {
  await world.does(agent, setPresence, { userId: agent.id, state: 'ready' });
  const { conversationId } = await world.does(visitor, receive, {
    channelId: (await channelByKey(world.db, 'web'))!.id,
    body: '你好',
  });
  await world.does(agent, accept, { id: conversationId });
  const { base } = await world.listen();
  const token = await world.token(boss);
  const post = async (path: string, body: object) =>
    (
      await fetch(`${base}/api/v1${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    ).status;
  assert.equal(
    await post(`/floor/${agent.id}/presence`, { state: 'on_break', reason: '连续接待两小时' }),
    200,
  );
  assert.equal(await post(`/conversations/${conversationId}/take-over`, { reason: '客户情绪激动' }), 200);
  const lines = await world.db.all(
    sql<{
      action: string;
      who: string;
      whom: string;
      at: number;
      body: string;
    }>`select action, user_id as who, subject_id as whom, at, body from audit where action in ('identity.set-presence', 'conversations.take-over') and user_id = ${boss.id}::uuid order by action`,
  );
  assert.deepEqual(
    lines.map(({ action, who, whom, at }) => [action, who, whom, at]),
    [
      ['conversations.take-over', boss.id, conversationId, world.clock.now()],
      ['identity.set-presence', boss.id, agent.id, world.clock.now()],
    ],
  );
  assert.match(lines[0]!.body, /客户情绪激动/);
});

test('SD3g-12 reading along in a talk that somebody else has is logged with who, whom and when, once an hour; one’s own is not', async () => {
  const { conversationId: id } = await world.does(visitor, receive, {
    channelId: (await channelByKey(world.db, 'web'))!.id,
    body: '在吗',
  });
  await world.does(agent, accept, { id, force: true });
  const { base } = await world.listen();
  const reads = async (who: Actor) =>
    (
      await fetch(`${base}/api/v1/conversations/${id}/messages`, {
        headers: { authorization: `Bearer ${await world.token(who)}` },
      })
    ).status;
  const lines = () =>
    world.db.all(
      sql<{
        who: string;
        whom: string;
        at: number;
      }>`select user_id as who, body::jsonb -> 'data' ->> 'agentId' as whom, at from audit where action = 'conversations.monitor' and subject_id = ${id} order by at`,
    );
  assert.equal(await reads(agent), 200);
  assert.deepEqual(await lines(), []);
  const first = world.clock.now();
  assert.equal(await reads(boss), 200);
  await world.later({ minutes: 59 });
  assert.equal(await reads(boss), 200);
  assert.deepEqual(await lines(), [{ who: boss.id, whom: agent.id, at: first }]);
  await world.later({ minutes: 2 });
  assert.equal(await reads(boss), 200);
  assert.equal((await lines()).length, 2);
});

test('SD3b-04 a broken promise of a complaint stands on everybody’s floor but that of whom it is about', async () => {
  const accused = await world.person('supervisor', { groups: ['consult'] });
  const { number } = await world.does(boss, openTicket, {
    customer: { kind: 'person' as const, name: '王芳', phones: ['13800007777'] },
    channel: 'phone',
    category: 'complaint_suggestion.complaint',
    urgency: 'high',
    impact: 'single',
    subject: '态度恶劣',
    description: '态度恶劣',
    accusedAgentId: accused.id,
  });
  await world.later({ days: 3 });
  const { base } = await world.listen();
  const seen = async (who: Actor) => {
    const response = await fetch(`${base}/api/v1/floor`, {
      headers: { authorization: `Bearer ${await world.token(who)}` },
    });
    const { breaches } = (await response.json()) as { breaches: { number: string }[] };
    return breaches.some((row) => row.number === number);
  };
  assert.deepEqual([await seen(boss), await seen(accused)], [true, false]);
});
