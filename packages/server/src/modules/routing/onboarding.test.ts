import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import type { Actor } from '#kernel/actor.ts';
import { sql } from '#kernel/sql.ts';
import { grantCertification } from '#modules/certifications/index.ts';
import { accept, channelByKey, receive, transfer } from '#modules/conversations/index.ts';
import { setPresence } from '#modules/identity/index.ts';
import { changeSetting, setting } from '#modules/settings/index.ts';

let world: World;
let admin: Actor;
let fresh: Actor;
let channelId = '';
const visitor: Actor = { kind: 'customer', id: 'v', name: '访客', grants: {}, groupIds: [], channelIds: [] };
before(async () => {
  world = await newWorld();
  admin = await world.person('admin');
  fresh = await world.person('agent', { groups: ['consult'], name: '小新' });
  channelId = (await channelByKey(world.db, 'web'))!.id;
});
after(() => world.end());

const write = async () => (await world.does(visitor, receive, { channelId, body: '你好' })).conversationId;
const offeredTo = async (id: string) =>
  (
    await world.db.one(
      sql<{ to: string | null }>`select offered_to as to from conversation where id = ${id}::uuid`,
    )
  ).to;

test('SD3k-01 with the gate on, a new agent is offered nothing and can take nothing; after the quiz they are', async () => {
  await world.does(admin, changeSetting, {
    key: 'routing',
    value: { ...(await setting(world.db, 'routing')), onboardingGate: true },
    version: 0,
  });
  await world.does(fresh, setPresence, { userId: fresh.id, state: 'ready' });
  const id = await write();
  assert.equal(await offeredTo(id), null);
  await assert.rejects(world.does(fresh, accept, { id }), { code: 'ONBOARDING_PENDING' });
  await assert.rejects(world.does(admin, transfer, { id, toAgentId: fresh.id, note: '请接待' }), {
    code: 'ONBOARDING_PENDING',
  });
  await world.does(admin, grantCertification, {
    userId: fresh.id,
    product: 'onboarding',
    validUntil: '2027-12-31',
  });
  assert.equal(await offeredTo(id), fresh.id);
});

test('with the gate off nobody needs a certificate', async () => {
  const other = await world.person('agent', { groups: ['consult'] });
  await world.does(admin, changeSetting, {
    key: 'routing',
    value: { ...(await setting(world.db, 'routing')), onboardingGate: false },
    version: 1,
  });
  await world.does(fresh, setPresence, { userId: fresh.id, state: 'offline' });
  await world.does(other, setPresence, { userId: other.id, state: 'ready' });
  assert.equal(await offeredTo(await write()), other.id);
});
