import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import type { Actor } from '#kernel/actor.ts';
import { systemActor } from '#kernel/actor.ts';
import { sql } from '#kernel/sql.ts';
import { accept, channelByKey, receive, say } from '#modules/conversations/index.ts';
import { switchPlaybook } from '#modules/playbooks/index.ts';
import {
  closeTicket,
  confirmTicket,
  linkConversation,
  openTicket,
  resolveTicket,
  startTicket,
  writeMessage,
} from '#modules/tickets/index.ts';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import { callBackTicket } from './index.ts';

describe('the manager’s call after a complaint, without the playbook', () => {
  let world: World;
  let clerk: Actor;
  let manager: Actor;
  before(async () => {
    world = await newWorld({ at: '2026-11-18T10:00:00+08:00' });
    clerk = await world.person('relations', { groups: ['relations'] });
    manager = await world.person('manager', { groups: ['relations'] });
  });
  after(() => world.end());

  const solved = async (category = 'complaint_suggestion.complaint') => {
    const { id } = await world.does(clerk, openTicket, {
      customer: { kind: 'person', name: '张伟', phones: ['13800001234'] },
      channel: 'phone',
      category,
      urgency: 'high',
      impact: 'single',
      subject: '漏水',
      description: '漏水',
      assigneeId: clerk.id!,
    });
    await world.does(clerk, startTicket, { id });
    await world.does(clerk, resolveTicket, {
      id,
      resolution: { solution: '已更换', steps: '更换密封圈', cautions: '无' },
      verification: 'satisfied_with_plan',
    });
    await world.does(systemActor('customer'), confirmTicket, { id });
    return id;
  };
  const clock = async (id: string) =>
    (
      await world.db.one(
        sql<{
          state: string;
        }>`select state from deadline where subject_id = ${id}::uuid and kind = 'manager_callback'`,
      )
    ).state;

  test('SD4-21 SD4-22 the outcome is noted by who may approve complaints; reached keeps the promise, no answer does not', async () => {
    await world.does(systemActor('tests'), switchPlaybook, { key: 'complaint', enabled: false });
    const id = await solved();
    await assert.rejects(world.does(clerk, callBackTicket, { id, outcome: 'reached', note: '满意' }), {
      code: 'FORBIDDEN',
    });
    await world.does(manager, callBackTicket, { id, outcome: 'no_answer' });
    assert.equal(await clock(id), 'running');
    await assert.rejects(world.does(clerk, closeTicket, { id }), { code: 'TICKET_CALLBACK_OWED' });
    await assert.rejects(world.does(manager, callBackTicket, { id, outcome: 'reached', note: ' ' }), {
      code: 'VALIDATION',
    });
    await world.does(manager, callBackTicket, { id, outcome: 'reached', note: '客户认可' });
    assert.equal(await clock(id), 'met');
    const calls = await world.db.all(
      sql<{
        outcome: string;
        note: string | null;
        by: string;
        state: string;
      }>`select outcome, note, done_by as by, state from task where ticket_id = ${id}::uuid and kind = 'callback' order by id`,
    );
    assert.deepEqual(calls, [
      { outcome: 'no_answer', note: null, by: manager.id, state: 'done' },
      { outcome: 'reached', note: '客户认可', by: manager.id, state: 'done' },
    ]);
    const lines = await world.db.all(
      sql`select 1 from audit where action = 'tasks.call-back' and subject_id = ${id} and user_id = ${manager.id}::uuid`,
    );
    assert.equal(lines.length, 2);
    await assert.rejects(world.does(manager, callBackTicket, { id, outcome: 'reached', note: '再打' }), {
      code: 'TICKET_CALLBACK_NOT_OWED',
    });
    await world.does(clerk, closeTicket, { id });
  });

  test('SD4-21 words of who may approve complaints are no call-back, on the ticket or in its chat', async () => {
    await world.does(systemActor('tests'), switchPlaybook, { key: 'complaint', enabled: false });
    const id = await solved();
    await world.does(manager, writeMessage, { id, visibility: 'public', body: '您好，问题解决了吗？' });
    await world.centre.settle();
    assert.equal(await clock(id), 'running');
    const { id: channelId } = (await channelByKey(world.db, 'web'))!;
    const visitor: Actor = { ...systemActor('v'), kind: 'customer', id: 'v', name: '访客' };
    const { conversationId } = await world.does(visitor, receive, { channelId, body: '还有个问题' });
    await world.does(manager, accept, { id: conversationId, force: true });
    await world.does(manager, linkConversation, { id, conversationId });
    await world.does(manager, say, { id: conversationId, visibility: 'public', body: '请讲' });
    await world.centre.settle();
    assert.equal(await clock(id), 'running');
    await assert.rejects(world.does(clerk, closeTicket, { id }), { code: 'TICKET_CALLBACK_OWED' });
    await world.does(manager, callBackTicket, { id, outcome: 'reached', note: '客户认可' });
    assert.equal(await clock(id), 'met');
    await world.does(clerk, closeTicket, { id });
  });

  test('no call is owed for what is no complaint', async () => {
    const plain = await solved('consult');
    await assert.rejects(world.does(manager, callBackTicket, { id: plain, outcome: 'reached', note: '好' }), {
      code: 'TICKET_CALLBACK_NOT_OWED',
    });
  });
});
