import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import * as floor from '#contracts/routes/floor.ts';
import type { Actor } from '#kernel/actor.ts';
import { accept, channelByKey, conversationById, receive, say, tag } from '#modules/conversations/index.ts';
import { setPresence } from '#modules/identity/index.ts';
import { deadlinesOf } from './index.ts';

let world: World;
let agent: Actor;
let channelId = '';
const visitor: Actor = { kind: 'customer', id: 'v', name: '访客', grants: {}, groupIds: [], channelIds: [] };
before(async () => {
  world = await newWorld();
  agent = await world.person('supervisor', { groups: ['consult'], maxChats: 20 });
  channelId = (await channelByKey(world.db, 'web'))!.id;
  await world.does(agent, setPresence, { userId: agent.id, state: 'ready' });
});
after(() => world.end());

/** A chat in hand whose first words are these. */
const served = async (body: string): Promise<string> => {
  const { conversationId: id } = await world.does(visitor, receive, { channelId, body });
  await world.does(agent, accept, { id });
  return id;
};
const queries = async (id: string) =>
  ((await deadlinesOf(world.db, [id])).get(id) ?? [])
    .filter(({ kind }) => kind === 'order_query')
    .map(({ state }) => state);
const reply = (id: string) =>
  world.does(agent, say, { id, visibility: 'public' as const, body: '您的订单今晚送到' });
const ask = (id: string, body: string) =>
  world.does(visitor, receive, { channelId, conversationId: id, body });

test('SD0-21 a message that asks for an order is due in 120 seconds: answered at 119 it is kept, unanswered at 121 it is a miss', async () => {
  const inTime = await served('你好，帮我查 订单');
  const late = await served('我的快递到哪了');
  const due = (await conversationById(world.db, agent, late)).answerDueAt;
  assert.equal((await conversationById(world.db, agent, late)).intent, 'order_query');
  assert.ok(due, 'the desk shows a countdown');
  await world.later({ seconds: 119 });
  await reply(inTime);
  await world.later({ seconds: 2 });
  assert.deepEqual(await queries(inTime), ['met']);
  assert.deepEqual(await queries(late), ['breached']);
  await reply(late);
  assert.deepEqual(await queries(late), ['met_late']);
  assert.equal((await conversationById(world.db, agent, late)).answerDueAt, null);
});

test('SD0-21 a second question later in the same talk has a target of its own; other words have none', async () => {
  const id = await served('请问洗衣机多少钱');
  assert.deepEqual(await queries(id), []);
  await reply(id);
  await world.later({ minutes: 10 });
  await ask(id, '那我上次的订单进度呢');
  assert.deepEqual(await queries(id), ['running']);
  await world.later({ seconds: 60 });
  await reply(id);
  await ask(id, '好的');
  await world.later({ seconds: 200 });
  assert.deepEqual(await queries(id), ['met']);
});

test('SD0-21 tagged by hand the target counts from the message, not from the tag; a wrong tag owes nothing', async () => {
  const id = await served('我上周买的东西呢');
  await world.later({ seconds: 100 });
  await world.does(agent, tag, { id, intent: 'order_query' });
  await world.later({ seconds: 21 });
  assert.deepEqual(await queries(id), ['breached']);
  const wrong = await served('我上周买的东西呢');
  await world.does(agent, tag, { id: wrong, intent: 'order_query' });
  await world.does(agent, tag, { id: wrong, intent: null });
  await world.later({ seconds: 200 });
  assert.deepEqual(await queries(wrong), ['cancelled']);
});

test('SD0-21 the share of order queries answered in time stands on the floor by rule', async () => {
  const { base } = await world.listen();
  const token = await world.token(agent);
  const response = await fetch(`${base}/api/v1${floor.breachesToday.path}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const { items } = (await response.json()) as { items: { kind: string; breached: number; met: number }[] };
  const row = items.find(({ kind }) => kind === 'order_query');
  assert.deepEqual([row?.met, row?.breached], [2, 2]);
});
