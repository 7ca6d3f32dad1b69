import { after, before, describe, it, test } from 'node:test';
import assert from 'node:assert/strict';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import type { Actor } from '#kernel/actor.ts';
import { systemActor } from '#kernel/actor.ts';
import { sql } from '#kernel/sql.ts';
import { changeSetting, setting } from '#modules/settings/index.ts';
import { post } from '#modules/conversations/index.ts';
import { callBackTicket } from '#modules/tasks/index.ts';
import { command } from '#kernel/command.ts';
import { Type, obj } from '#contracts/schema.ts';
import {
  confirmTicket,
  openTicket,
  reopenTicket,
  resolveTicket,
  startTicket,
  ticketById,
  writeMessage,
} from './index.ts';
import { silenceStep } from './rules.ts';

test('SD1-35 C8 reminders stand evenly over the working days, then it is closed', () => {
  const rule = { reminders: 3, businessDays: 3 };
  const quiet = { silentSince: 100, firstReminderAt: null, lastReminderAt: null, reminders: 0 };
  assert.deepEqual(silenceStep(quiet, rule), { do: 'remind', after: 100, businessDays: 1 });
  assert.deepEqual(silenceStep({ ...quiet, firstReminderAt: 200, lastReminderAt: 300, reminders: 2 }, rule), {
    do: 'remind',
    after: 300,
    businessDays: 1,
  });
  assert.deepEqual(silenceStep({ ...quiet, firstReminderAt: 200, lastReminderAt: 400, reminders: 3 }, rule), {
    do: 'close',
    after: 200,
    businessDays: 3,
  });
  assert.deepEqual(silenceStep(quiet, { reminders: 0, businessDays: 3 }), {
    do: 'close',
    after: 100,
    businessDays: 3,
  });
});

describe('a customer who says nothing about the solution', () => {
  let world: World;
  let agent: Actor;
  let supervisor: Actor;
  let admin: Actor;
  before(async () => {
    // A Wednesday.
    world = await newWorld({ at: '2026-11-18T10:00:00+08:00' });
    agent = await world.person('agent', { groups: ['consult', 'relations'] });
    supervisor = await world.person('supervisor', { groups: ['consult', 'relations'] });
    admin = await world.person('admin');
  });
  after(() => world.end());

  const solved = async (overrides = {}) => {
    const { id } = await world.does(agent, openTicket, {
      customer: { kind: 'person', name: '张伟', phones: ['13800001234'], emails: ['zhang@example.cn'] },
      channel: 'phone',
      category: 'consult',
      urgency: 'medium',
      impact: 'single',
      subject: '咨询',
      description: '问',
      assigneeId: agent.id,
      ...overrides,
    });
    await world.does(agent, startTicket, { id });
    await world.does(agent, resolveTicket, {
      id,
      resolution: { solution: '已处理', steps: '见说明', cautions: '无' },
    });
    return id;
  };
  const story = async (id: string) =>
    (
      await world.db.all(
        sql<{
          at: number;
          type: string;
          actor_kind: string;
        }>`select at, type, actor_kind from event where subject_id = ${id}::uuid and type in ('ticket.confirm_reminded', 'ticket.closed') order by at, id`,
      )
    ).map(
      ({ at, type, actor_kind }) =>
        `${new Date(at + 8 * 3_600_000).toISOString().slice(5, 16).replace('T', ' ')} ${type.slice(7)} ${actor_kind}`,
    );
  const view = (id: string) => ticketById(world.centre, supervisor, id);
  /** The customer writes on the ticket’s own thread, as the progress page does. */
  const customerWrites = command({
    name: 'test.customer-writes',
    permission: null,
    input: obj({ id: Type.String() }),
    run: (context, { id }) =>
      post(
        context,
        id,
        'ticket',
        { visibility: 'public', authorKind: 'customer', authorName: '张伟', body: '还在试' },
        {},
      ),
  });

  it('SD1-35 C8 is reminded on three working days and on the fourth the ticket closes as not answered, over a weekend', async () => {
    const id = await solved();
    await world.until('2026-11-20T09:59:00+08:00');
    assert.equal((await view(id)).status, 'pending_confirmation', 'asked and not yet answered');
    await world.until('2026-11-24T23:00:00+08:00');
    assert.deepEqual(await story(id), [
      '11-19 10:00 confirm_reminded system',
      '11-20 10:00 confirm_reminded system',
      '11-23 10:00 confirm_reminded system',
      '11-24 10:00 closed system',
    ]);
    assert.equal((await view(id)).closeReason, 'no_answer');
    const { sent } = await world.db.one(
      sql<{
        sent: number;
      }>`select count(*)::int as sent from message where thread_id = ${id}::uuid and automatic and author_name = '系统' and body like '%请确认是否解决%'`,
    );
    assert.equal(sent, 3, 'each reminder is a message to the customer');
    const { lines } = await world.db.one(
      sql<{
        lines: number;
      }>`select count(*)::int as lines from audit where subject_id = ${id} and action in ('tickets.remind', 'tickets.close') and actor_kind = 'system'`,
    );
    assert.equal(lines, 4);
  });

  it('SD1-35 C8 a confirmation or a reopening ends it', async () => {
    await world.until('2026-11-25T10:00:00+08:00');
    const [confirmed, reopened] = [await solved(), await solved()];
    await world.later({ hours: 1 });
    await world.does(agent, confirmTicket, { id: confirmed });
    await world.does(agent, reopenTicket, { id: reopened, reason: '还有问题' });
    await world.later({ days: 12 });
    assert.deepEqual([await story(confirmed), await story(reopened)], [[], []]);
    assert.equal((await view(reopened)).status, 'in_progress');
  });

  it('SD1-35 C8 the customer’s words stop the reminders; the agent’s answer begins them anew', async () => {
    const id = await solved();
    const begun = world.clock.now();
    await world.later({ days: 1, hours: 1 });
    const first = (await story(id)).length;
    await world.does(systemActor('test'), customerWrites, { id });
    await world.later({ days: 10 });
    assert.equal((await story(id)).length, first, 'nothing while the customer waits for us');
    await world.does(agent, writeMessage, { id, visibility: 'public', body: '请再试一次，好了吗？' });
    await world.later({ days: 10 });
    assert.equal((await view(id)).closeReason, 'no_answer');
    assert.ok(world.clock.now() - begun > 20 * 86_400_000);
    assert.equal((await story(id)).length, first + 4);
  });

  it('SD1-35 a mail that answers a reminder opens the ticket again: it was not solved', async () => {
    const id = await solved({ channel: 'email' });
    await world.later({ days: 1 });
    await world.does(agent, customerWrites, { id });
    assert.equal((await view(id)).status, 'in_progress');
  });

  it('SD1-35 C8 a complaint is not closed before the manager has called back', async () => {
    const id = await solved({ category: 'complaint_suggestion.complaint' });
    await world.later({ days: 14 });
    assert.equal((await story(id)).length, 3);
    assert.equal((await view(id)).status, 'pending_confirmation');
    await world.does(supervisor, writeMessage, {
      id,
      visibility: 'public',
      body: '我是主管，想听听您对处理结果的意见。',
    });
    await world.later({ days: 14 });
    assert.equal((await view(id)).status, 'pending_confirmation', 'words are no call');
    await world.does(supervisor, callBackTicket, { id, outcome: 'reached', note: '客户认可' });
    await world.later({ days: 3 });
    assert.equal((await view(id)).closeReason, 'no_answer');
  });

  it('SD1-35 C8 the setting says how often and how long, and whether at all', async () => {
    const rule = await setting(world.db, 'closeRule');
    await world.does(admin, changeSetting, {
      key: 'closeRule',
      version: 0,
      value: { ...rule, reminders: 1, businessDays: 2 },
    });
    const once = await solved();
    await world.later({ days: 10 });
    assert.equal((await story(once)).length, 2);
    await world.does(admin, changeSetting, {
      key: 'closeRule',
      version: 1,
      value: { ...rule, automatic: false },
    });
    const byHand = await solved();
    await world.later({ days: 10 });
    assert.deepEqual(await story(byHand), []);
  });
});
