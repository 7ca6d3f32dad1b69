import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import type { Actor } from '#kernel/actor.ts';
import { sql } from '#kernel/sql.ts';
import { accept, channelByKey, receive, say } from './index.ts';
import { listConversations } from './queries/list.ts';

let world: World;
let agent: Actor;
const visitor: Actor = { kind: 'customer', id: 'v', name: '访客', grants: {}, groupIds: [], channelIds: [] };
before(async () => {
  world = await newWorld({ at: '2026-11-18T10:00:00+08:00' });
  agent = await world.person('supervisor', { groups: ['consult'], maxChats: 9 });
});
after(() => world.end());

const from = async (key: string, body: string) =>
  (await world.does(visitor, receive, { channelId: (await channelByKey(world.db, key))!.id, body }))
    .conversationId;
const missed = async () =>
  (await listConversations(world.db, agent, { view: 'missed' })).items.map(({ id, channelKind }) => [
    channelKind,
    id,
  ]);
const reply = (id: string) => world.does(agent, say, { id, visibility: 'public' as const, body: '您好' });

test('SD3a-01 a chat beyond its target, a mail and a missed call are listed by channel until answered', async () => {
  const chat = await from('web', '有人吗');
  const mail = await from('mail', '请问保修多久');
  const call = await from('hotline', '未接来电 13800001234');
  assert.deepEqual(await missed(), [
    ['email', mail],
    ['phone', call],
  ]);
  await world.later({ seconds: 11 });
  assert.deepEqual(await missed(), [
    ['email', mail],
    ['phone', call],
    ['webchat', chat],
  ]);
  const { id: ticketId } = await world.db.one(
    sql<{
      id: string;
    }>`select ticket_id as id from ticket_conversation where conversation_id = ${mail}::uuid`,
  );
  assert.ok(ticketId, 'a mail is kept open as a ticket');
  await world.does(agent, accept, { id: chat, force: true });
  await reply(chat);
  assert.deepEqual(await missed(), [
    ['email', mail],
    ['phone', call],
  ]);
  await reply(mail);
  await reply(call);
  assert.deepEqual(await missed(), []);
});

test('SD3a-01 a chat that gave up waiting stays on the list as the message it left', async () => {
  const chat = await from('web', '没人理我');
  await world.later({ minutes: 31 });
  assert.deepEqual(await missed(), [['webchat', chat]]);
});

test('what nobody has answered goes on page after page, by channel, the oldest first', async () => {
  for (const key of ['mail', 'hotline', 'mail', 'hotline']) await from(key, '请回电');
  await from('mail', '同一时刻');
  const whole = (await missed()).map(([, id]) => id);
  assert.equal(whole.length, 6);
  const paged: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listConversations(world.db, agent, { view: 'missed', limit: 2, cursor });
    assert.ok(page.items.length <= 2);
    paged.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  assert.deepEqual(paged, whole);
});
