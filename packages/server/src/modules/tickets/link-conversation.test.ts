import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import { systemActor } from '#kernel/actor.ts';
import type { Actor } from '#kernel/actor.ts';
import { sql } from '#kernel/sql.ts';
import { receive } from '#modules/conversations/index.ts';
import { archiveTicket, cancelTicket, linkConversation, openTicket, ticketById } from './index.ts';

let world: World;
let agent: Actor;
let stranger: Actor;
let supervisor: Actor;
before(async () => {
  world = await newWorld();
  agent = await world.person('agent', { groups: ['consult'] });
  stranger = await world.person('agent', { groups: ['tech'] });
  supervisor = await world.person('supervisor', { groups: ['consult'] });
});
after(() => world.end());

const ticket = () =>
  world.does(agent, openTicket, {
    customer: { kind: 'person', name: '张伟', phones: ['13800001234'] },
    channel: 'phone',
    category: 'consult',
    urgency: 'medium',
    impact: 'single',
    subject: '咨询',
    description: '问',
  });
const chat = async () => {
  const { id: channelId } = await world.db.one(sql<{ id: string }>`select id from channel where key = 'web'`);
  return (await world.does(systemActor('test'), receive, { channelId, body: '我的工单怎么样了？' }))
    .conversationId;
};
const traces = (id: string) =>
  world.db.one(sql<{ lines: number; events: number }>`
    select (select count(*)::int from audit where action = 'tickets.link-conversation' and subject_id = ${id}) as lines,
      (select count(*)::int from event where type = 'ticket.conversation_linked' and subject_id = ${id}::uuid) as events`);

test('a conversation becomes part of a ticket by a command: audited, told, and once', async () => {
  const [{ id }, conversationId] = [await ticket(), await chat()];
  const { version, customerId } = await ticketById(world.centre, agent, id);
  for (let n = 0; n < 2; n++) await world.does(agent, linkConversation, { id, conversationId });
  const after_ = await ticketById(world.centre, agent, id);
  assert.deepEqual(after_.conversationIds, [conversationId]);
  assert.equal(after_.version, version + 1);
  assert.deepEqual(await traces(id), { lines: 1, events: 1 });
  const visitor = await world.db.one(
    sql<{ customer_id: string }>`select customer_id from conversation where id = ${conversationId}::uuid`,
  );
  assert.equal(visitor.customer_id, customerId, 'who wrote is the ticket’s customer from now on');
});

test('neither another group’s ticket nor another group’s conversation is there to link', async () => {
  const [{ id }, conversationId] = [await ticket(), await chat()];
  await assert.rejects(world.does(stranger, linkConversation, { id, conversationId }), {
    code: 'NOT_FOUND',
  });
  await assert.rejects(world.does(agent, linkConversation, { id: conversationId, conversationId }), {
    code: 'NOT_FOUND',
  });
  assert.deepEqual(await traces(id), { lines: 0, events: 0 });
});

test('what is cancelled or archived takes no conversation', async () => {
  const [{ id }, conversationId] = [await ticket(), await chat()];
  await world.does(supervisor, cancelTicket, { id, reason: '重复' });
  await assert.rejects(world.does(agent, linkConversation, { id, conversationId }), {
    code: 'TICKET_STATE',
  });
  await world.does(supervisor, archiveTicket, { id });
  await assert.rejects(world.does(agent, linkConversation, { id, conversationId }), {
    code: 'TICKET_ARCHIVED',
  });
});
