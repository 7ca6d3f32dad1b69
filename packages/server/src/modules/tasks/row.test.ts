import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listTickets, openTicket, ticketById } from '#modules/tickets/index.ts';
import { newWorld } from '#testing/world.ts';
import { promise } from './index.ts';

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
