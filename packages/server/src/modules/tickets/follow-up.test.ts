import { after, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import type { Actor } from '#kernel/actor.ts';
import { systemActor } from '#kernel/actor.ts';
import { sql } from '#kernel/sql.ts';
import { channelByKey, receive } from '#modules/conversations/index.ts';
import { changeSetting, setting } from '#modules/settings/index.ts';
import {
  closeTicket,
  confirmTicket,
  followUpTicket,
  openTicket,
  reopenTicket,
  resolveTicket,
  startTicket,
  ticketById,
} from './index.ts';

describe('C8 what is over', () => {
  let world: World;
  let agent: Actor;
  const system = systemActor('test');
  before(async () => {
    world = await newWorld({ at: '2026-11-18T10:00:00+08:00' });
    agent = await world.person('agent', { groups: ['consult'] });
    const rule = await setting(world.db, 'closeRule');
    await world.does(await world.person('admin'), changeSetting, {
      key: 'closeRule',
      value: { ...rule, archiveAfterHours: 100, reopenDays: 3 },
      version: 0,
    });
  });
  after(() => world.end());

  const view = (id: string) => ticketById(world.centre, agent, id);
  const closed = async () => {
    const channel = await channelByKey(world.db, 'portal');
    const { conversationId } = await world.does(system, receive, {
      channelId: channel!.id,
      name: '张伟',
      body: '保修期多长？',
      subject: '保修',
      contactKnown: true,
    });
    const { id } = await world.does(agent, openTicket, {
      customer: { kind: 'person', name: '张伟', phones: ['13800001234'] },
      channel: 'portal',
      category: 'consult.policy',
      urgency: 'medium',
      impact: 'single',
      subject: '保修',
      description: '保修期多长？',
      product: 'tv',
    });
    await world.db.run(
      sql`insert into ticket_conversation (ticket_id, conversation_id) values (${id}::uuid, ${conversationId}::uuid)`,
    );
    await world.does(agent, startTicket, { id });
    const resolution = { solution: '三年', steps: '无', cautions: '无' };
    await world.does(agent, resolveTicket, { id, resolution });
    await world.does(agent, confirmTicket, { id });
    await world.does(agent, closeTicket, { id });
    const writes = (body: string) =>
      world.does(system, receive, { channelId: channel!.id, conversationId, body });
    return { id, conversationId, writes };
  };

  it('is opened again by its agent until the last of the reopen days, not after it', async () => {
    const [early, late] = [await closed(), await closed()];
    await world.later({ days: 3 });
    await world.does(agent, reopenTicket, { id: early.id, reason: '客户说没有解决' });
    assert.equal((await view(early.id)).status, 'in_progress');
    await world.later({ seconds: 1 });
    await assert.rejects(world.does(agent, reopenTicket, { id: late.id, reason: '客户说没有解决' }), {
      code: 'TICKET_REOPEN_OVER',
    });
    assert.equal((await view(late.id)).status, 'closed');
  });

  it('goes on in a new ticket of the same customer, each naming the other', async () => {
    const { id } = await closed();
    const nextId = await world.does(agent, followUpTicket, { id, description: '又坏了' });
    const [old, next] = [await view(id), await view(nextId)];
    assert.equal(old.status, 'closed');
    assert.deepEqual(
      [next.customerId, next.category, next.product, next.accountableId, next.subject],
      [old.customerId, 'consult.policy', 'tv', agent.id, '保修'],
    );
    assert.match(next.description, new RegExp(`^又坏了[^]*${old.number}`));
    assert.deepEqual(
      old.links.map((link) => [link.id, link.relation]),
      [[nextId, 'continued_by']],
    );
    assert.deepEqual(
      next.links.map((link) => [link.id, link.relation]),
      [[id, 'continues']],
    );
    await assert.rejects(world.does(agent, followUpTicket, { id: nextId, description: '又坏了' }), {
      code: 'TICKET_STATE',
    });
  });

  it('is opened again when the customer writes in time', async () => {
    const { id, writes } = await closed();
    await writes('还是不对');
    await world.centre.settle();
    const ticket = await view(id);
    assert.deepEqual([ticket.status, ticket.reopenedCount], ['in_progress', 1]);
  });

  it('goes on in one new ticket, however often the customer writes after the time', async () => {
    const { id, writes, conversationId } = await closed();
    // Past the reopen days and past the archiving.
    await world.later({ days: 6 });
    assert.equal((await view(id)).status, 'archived');
    await writes('一年后又坏了');
    await world.centre.settle();
    await writes('型号是 X1');
    await world.centre.settle();
    const old = await view(id);
    assert.equal(old.links.length, 1);
    const next = await view(old.links[0]!.id);
    assert.match(next.description, /^一年后又坏了/);
    assert.deepEqual([next.status, next.lastMessage], ['pooled', '型号是 X1']);
    assert.deepEqual(next.conversationIds, [conversationId]);
  });
});
