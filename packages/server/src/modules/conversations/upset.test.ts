import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import type { Actor } from '#kernel/actor.ts';
import { sql } from '#kernel/sql.ts';
import { setPresence } from '#modules/identity/index.ts';
import { accept, channelByKey, close, receive } from './index.ts';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';

let world: World;
let base = '';
let agent: Actor;
let boss: Actor;
let elsewhere: Actor;
let manager: Actor;
const visitor: Actor = { kind: 'customer', id: 'v', name: '访客', grants: {}, groupIds: [], channelIds: [] };
before(async () => {
  world = await newWorld();
  agent = await world.person('agent', { groups: ['consult'], maxChats: 9 });
  boss = await world.person('supervisor', { groups: ['consult'] });
  elsewhere = await world.person('supervisor', { groups: ['relations'] });
  manager = await world.person('manager');
  base = `${(await world.listen()).base}/api/v1`;
  await world.does(agent, setPresence, { userId: agent.id, state: 'ready' });
});
after(() => world.end());

const asks = async <T>(who: Actor, method: string, path: string, body?: object) => {
  const response = await fetch(`${base}${path}`, {
    method,
    headers: { authorization: `Bearer ${await world.token(who)}`, 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as T };
};
const talk = async () => {
  const { conversationId: id } = await world.does(visitor, receive, {
    channelId: (await channelByKey(world.db, 'web'))!.id,
    body: '第三次坏了，你们管不管',
  });
  await world.does(agent, accept, { id, force: true });
  return id;
};
const board = async (who: Actor) =>
  (
    await asks<{ alerts: { id: string; kind: string; subjectId: string }[] }>(who, 'GET', '/floor')
  ).body.alerts.map(({ kind, subjectId, id }) => ({ kind, subjectId, id }));
const mark = (who: Actor, id: string, upset: boolean) =>
  asks<{ upsetAt: string | null; code?: string }>(who, 'PUT', `/conversations/${id}/upset`, { upset });

test('SD3m-02 marked as angry the talk stands on the board of its supervisors until one comes in; nobody for five minutes and the manager has it', async () => {
  const id = await talk();
  const marked = await mark(agent, id, true);
  assert.deepEqual([marked.status, marked.body.upsetAt], [200, new Date(world.clock.now()).toISOString()]);
  await world.centre.settle();
  const [alert] = await board(boss);
  assert.deepEqual([alert?.kind, alert?.subjectId], ['customer_upset', id]);
  assert.deepEqual(await board(elsewhere), [], 'of another group');
  await world.later({ minutes: 4, seconds: 59 });
  assert.deepEqual(await board(manager), []);
  await world.later({ seconds: 1 });
  assert.deepEqual(
    (await board(manager)).map(({ kind }) => kind),
    ['upset_unanswered'],
  );
  assert.equal((await asks(boss, 'POST', `/notices/${alert!.id}/ack`, {})).status, 200);
  assert.deepEqual([await board(boss), await board(manager)], [[], []], 'one who comes in is enough');
  assert.equal(
    (
      await world.db.all(
        sql`select 1 from audit where action = 'conversations.mark-upset' and user_id = ${agent.id}::uuid and subject_id = ${id}`,
      )
    ).length,
    1,
  );
  await mark(agent, id, false);
  await world.does(agent, close, { id, reason: 'agent_closed' });
});

test('a customer who is calm again, or has gone, needs nobody; who does not serve the talk cannot mark it', async () => {
  const [calm, gone] = [await talk(), await talk()];
  await mark(agent, calm, true);
  await mark(agent, gone, true);
  await world.centre.settle();
  assert.equal((await board(boss)).length, 2);
  assert.equal((await mark(agent, calm, false)).body.upsetAt, null);
  await world.does(agent, close, { id: gone, reason: 'agent_closed' });
  await world.centre.settle();
  assert.deepEqual(await board(boss), []);
  await world.later({ minutes: 6 });
  assert.deepEqual(await board(manager), []);
  assert.equal((await mark(agent, gone, true)).body.code, 'CONVERSATION_STATE');
  const stranger = await world.person('agent', { groups: ['tech'] });
  assert.equal((await mark(stranger, calm, true)).body.code, 'NOT_FOUND');
});
