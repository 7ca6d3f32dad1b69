import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import type { Actor } from '#kernel/actor.ts';
import { setPresence } from '#modules/identity/index.ts';
import { channelByKey, receive } from './index.ts';
import { listConversations } from './queries/list.ts';

let world: World;
let agent: Actor;
before(async () => {
  world = await newWorld({ at: '2026-11-18T10:00:00+08:00' });
  agent = await world.person('agent', { groups: ['consult'], maxChats: 1 });
});
after(() => world.end());

test('排队中 goes on page after page, mine first and then the longest wait, and every page tells how many wait', async () => {
  const web = (await channelByKey(world.db, 'web'))!.id;
  const chats: string[] = [];
  for (const name of ['甲', '乙', '丙', '丁', '戊']) {
    const visitor: Actor = { kind: 'customer', id: name, name, grants: {}, groupIds: [], channelIds: [] };
    chats.push(
      (await world.does(visitor, receive, { channelId: web, body: `${name}：有人吗` })).conversationId,
    );
    await world.later({ seconds: 1 });
  }
  const page = (cursor?: string, limit = 2) =>
    listConversations(world.db, agent, { view: 'queue', limit, cursor });
  const all = async () => {
    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const { items, total, nextCursor } = await page(cursor);
      assert.ok(items.length <= 2);
      assert.equal(total, 5);
      paged.push(...items.map(({ id }) => id));
      cursor = nextCursor ?? undefined;
    } while (cursor);
    return paged;
  };
  assert.deepEqual(await all(), chats, 'the longest wait first');
  await world.does(agent, setPresence, { userId: agent.id, state: 'ready' });
  await world.centre.settle();
  const [first] = (await page()).items;
  assert.equal(first!.offeredTo, agent.id, 'one is offered to me');
  assert.deepEqual(await all(), [first!.id, ...chats.filter((id) => id !== first!.id)]);
  assert.equal((await listConversations(world.db, agent, { view: 'all' })).total, null);
});
