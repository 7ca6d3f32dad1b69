import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Actor } from '#kernel/actor.ts';
import { sql } from '#kernel/sql.ts';
import { customerStory, subjectStory } from '#modules/customers/index.ts';
import { listTickets, openTicket, ticketById } from '#modules/tickets/index.ts';
import { newWorld } from '#testing/world.ts';
import { completeTask, promise } from './index.ts';

test('the row of a ticket names the task that is due next, and says when it is late', async () => {
  const world = await newWorld();
  try {
    const agent = await world.person('agent', { groups: ['consult'] });
    const { id } = await world.does(agent, openTicket, {
      customer: { kind: 'person', name: '张伟', phones: ['13800001234'] },
      channel: 'phone',
      category: 'consult',
      urgency: 'low',
      impact: 'single',
      subject: '咨询',
      description: '咨询',
      assigneeId: agent.id,
    });
    const row = async () => {
      const { items } = await listTickets(world.db, agent, { view: 'mine' });
      const { taskDueAt, taskTitle, taskState } = items[0]!;
      return [taskDueAt, taskTitle?.zh ?? null, taskState];
    };
    assert.deepEqual(await row(), [null, null, null]);
    const promisedAt = new Date(world.clock.now() + 3_600_000).toISOString();
    await world.does(agent, promise, { what: '两点前回电', promisedAt, ticketId: id });
    assert.deepEqual(await row(), [promisedAt, '两点前回电', 'running']);
    await world.later({ minutes: 61 });
    assert.deepEqual(await row(), [promisedAt, '两点前回电', 'breached']);
    assert.equal((await ticketById(world.centre, agent, id)).taskTitle?.zh, '两点前回电');
  } finally {
    await world.end();
  }
});

test('SD3i-11 the story of a ticket tells its steps, decisions and forms by their names', async () => {
  const world = await newWorld();
  try {
    const ana = await world.person('relations', { groups: ['relations'], name: '陈静' });
    const { id } = await world.does(ana, openTicket, {
      customer: { kind: 'person', name: '张伟', phones: ['13800001234'] },
      channel: 'phone',
      category: 'complaint_suggestion.complaint',
      urgency: 'high',
      impact: 'single',
      subject: '漏水',
      description: '漏水',
    });
    const open = async (step: string) =>
      (
        await world.db.one(
          sql<{ id: string }>`select id from task where step_key = ${step} and state = 'open'`,
        )
      ).id;
    await world.does(ana, completeTask, { id: await open('contact'), outcome: 'reached' });
    await world.does(ana, completeTask, {
      id: await open('register'),
      record: {
        complainedAt: '2026-11-18T02:00:00Z',
        problem: '漏水',
        demand: '换新',
        urgency: 'high',
        cause: 'product',
      },
    });
    const told = async (actor: Actor) =>
      (await subjectStory(world.db, actor, [id], { limit: 100 })).items
        .filter(({ type }) => ['run.started', 'task.done', 'record.created'].includes(type))
        .map(({ type, words, actor: who }) => `${type} ${words?.zh} ${who ?? '—'}`);
    assert.deepEqual((await told(ana)).toSorted(), [
      'record.created 投诉登记表 陈静',
      'run.started 客户投诉管理 —',
      'task.done 填写投诉登记表 陈静',
      'task.done 首次联系客户 陈静',
    ]);
    const { customer_id: customer } = await world.db.one(
      sql<{ customer_id: string }>`select customer_id from ticket where id = ${id}::uuid`,
    );
    const life = await customerStory(world.db, ana, customer, { limit: 100 });
    assert.equal(life.items.filter(({ type }) => type === 'task.done').length, 2, 'the customer’s story too');
    const far = await world.person('agent', { groups: ['tech'] });
    assert.deepEqual(await told(far), [], 'who may not read the ticket reads nothing of its steps');
  } finally {
    await world.end();
  }
});
