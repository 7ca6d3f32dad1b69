import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import type { Actor } from '#kernel/actor.ts';
import { sql } from '#kernel/sql.ts';
import { accept, channelByKey, missOffer, receive, transfer } from '#modules/conversations/index.ts';
import { createCustomer } from '#modules/customers/index.ts';
import { setPresence } from '#modules/identity/index.ts';
import { choose } from './rules.ts';

let world: World;
let channelId = '';
let first: Actor;
let second: Actor;
const visitor: Actor = {
  kind: 'customer',
  id: 'visitor',
  name: '访客',
  grants: {},
  groupIds: [],
  channelIds: [],
};
before(async () => {
  world = await newWorld();
  channelId = (await channelByKey(world.db, 'web'))!.id;
  first = await world.person('agent', { groups: ['consult'], maxChats: 1 });
  second = await world.person('agent', { groups: ['consult'], maxChats: 1 });
});
after(() => world.end());

const write = async (customerId?: string) =>
  (await world.does(visitor, receive, { channelId, customerId, body: '你好' })).conversationId;
const row = (id: string) =>
  world.db.one(
    sql<{
      state: string;
      offered_to: string | null;
      agent_id: string | null;
    }>`select state, offered_to, agent_id from conversation where id = ${id}::uuid`,
  );
const presence = (actor: Actor, state: 'ready' | 'offline') =>
  world.does(actor, setPresence, { userId: actor.id, state });

test('an offer nobody takes in ten seconds goes to the next agent, and the one who let it ring is set not ready', async () => {
  await presence(first, 'ready');
  const id = await write();
  assert.deepEqual([(await row(id)).state, (await row(id)).offered_to], ['offered', first.id]);
  await presence(second, 'ready');
  await world.later({ seconds: 11 });
  assert.equal((await row(id)).offered_to, second.id);
  assert.equal(
    (await world.db.one(sql<{ state: string }>`select state from presence where user_id = ${first.id}::uuid`))
      .state,
    'not_ready',
  );
  await world.does(second, accept, { id });
  await assert.rejects(world.does(first, accept, { id }), { code: 'OFFER_TAKEN' });
});

test('an agent who leaves gives the customer back to the queue: nobody starves', async () => {
  const { id } = await world.db.one(
    sql<{ id: string }>`select id from conversation where state = 'active' limit 1`,
  );
  await presence(second, 'offline');
  assert.equal((await row(id)).state, 'queued');
  await presence(first, 'ready');
  assert.equal((await row(id)).offered_to, first.id);
  await world.does(first, accept, { id });
});

test('SD4-05 a VIP who came a minute later is served before 普通', async () => {
  const normal = await write((await world.does(first, createCustomer, { kind: 'person', name: '普通' })).id);
  await world.later({ minutes: 1 });
  const vip = await write(
    (await world.does(first, createCustomer, { kind: 'person', name: '贵宾', level: 'vip' })).id,
  );
  assert.deepEqual([(await row(normal)).state, (await row(vip)).state], ['queued', 'queued']);
  await presence(second, 'ready');
  assert.deepEqual([(await row(vip)).offered_to, (await row(normal)).state], [second.id, 'queued']);
});

test('a lone agent who hands an offer back is left in peace for half a minute; another who comes is asked at once', async () => {
  const own = await newWorld();
  try {
    const alone = await own.person('agent', { groups: ['consult'] });
    const other = await own.person('agent', { groups: ['consult'] });
    const web = (await channelByKey(own.db, 'web'))!.id;
    await own.does(alone, setPresence, { userId: alone.id, state: 'ready' });
    const asks = async () =>
      (await own.does(visitor, receive, { channelId: web, body: '你好' })).conversationId;
    const offered = async (id: string) =>
      (
        await own.db.one(
          sql<{ offered_to: string | null }>`select offered_to from conversation where id = ${id}::uuid`,
        )
      ).offered_to;
    const back = (id: string) => own.does(alone, missOffer, { id, agentId: alone.id, reason: 'declined' });
    const id = await asks();
    assert.equal(await offered(id), alone.id);
    await back(id);
    await own.later({ seconds: 29 });
    assert.equal(await offered(id), null);
    const next = await asks();
    assert.equal(await offered(next), alone.id, 'the next customer does not wait for that');
    await own.does(alone, accept, { id: next });
    await own.later({ seconds: 1 });
    assert.equal(await offered(id), alone.id, 'nobody starves');
    await back(id);
    await own.does(other, setPresence, { userId: other.id, state: 'ready' });
    await own.centre.settle();
    assert.equal(await offered(id), other.id);
  } finally {
    await own.end();
  }
});

test('SD2-10 a transfer without a note is refused', async () => {
  const { id } = await world.db.one(
    sql<{ id: string }>`select id from conversation where agent_id = ${first.id}::uuid and state = 'active'`,
  );
  await assert.rejects(world.does(first, transfer, { id, toAgentId: second.id, note: ' ' }), {
    code: 'TRANSFER_NOTE_REQUIRED',
  });
});

test('the most room in proportion wins, then the longest idle; who declined is asked again only when alone', () => {
  const people = [
    { id: 'a', load: 1, max: 2, lastAt: 0 },
    { id: 'b', load: 1, max: 5, lastAt: 9 },
    { id: 'c', load: 1, max: 5, lastAt: 3 },
  ];
  assert.equal(choose(people, [])?.id, 'c');
  assert.equal(choose(people, ['c', 'b'])?.id, 'a');
  assert.equal(choose(people, ['a', 'b', 'c'])?.id, 'c');
  assert.equal(choose(people, ['a', 'b', 'c'], true), undefined);
  assert.equal(choose(people, ['c', 'b'], true)?.id, 'a');
  assert.equal(choose([{ id: 'a', load: 2, max: 2, lastAt: 0 }], []), undefined);
});

test('a customer who was given back and for whom nobody comes leaves a message after the queue’s time', async () => {
  const { id } = await world.db.one(
    sql<{ id: string }>`select id from conversation where state = 'active' limit 1`,
  );
  for (const agent of [second, first]) await presence(agent, 'offline');
  assert.equal((await row(id)).state, 'queued');
  await world.later({ minutes: 29 });
  assert.equal((await row(id)).state, 'queued');
  await world.later({ minutes: 2 });
  assert.equal((await row(id)).state, 'offline_message');
  await world.centre.settle();
  assert.ok(
    await world.db.maybe(
      sql`select 1 from ticket_conversation tc join ticket t on t.id = tc.ticket_id where tc.conversation_id = ${id}::uuid and t.status = 'pooled'`,
    ),
    'and it is a ticket of the pool',
  );
});
