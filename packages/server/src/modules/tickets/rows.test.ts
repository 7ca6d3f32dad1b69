import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import type { Actor } from '#kernel/actor.ts';
import { sql } from '#kernel/sql.ts';
import { createCustomer } from '#modules/customers/index.ts';
import { changeSetting, setting } from '#modules/settings/index.ts';
import {
  changeTicket,
  closeTicket,
  confirmTicket,
  listTickets,
  openTicket,
  resolveTicket,
  startTicket,
  ticketById,
  verifyTicket,
  escalateTicket,
  remindTicket,
} from './index.ts';

let world: World;
let agent: Actor;
let supervisor: Actor;
let admin: Actor;
let customerId = '';
before(async () => {
  world = await newWorld({ at: '2026-11-18T10:00:00+08:00' });
  agent = await world.person('agent', { groups: ['consult', 'tech', 'relations'], name: '李思' });
  supervisor = await world.person('supervisor', { groups: ['consult', 'tech', 'relations'] });
  admin = await world.person('admin');
  customerId = (
    await world.does(agent, createCustomer, { kind: 'person', name: '张伟', phones: ['13800001234'] })
  ).id;
});
after(() => world.end());

const opened = (overrides = {}) =>
  world.does(agent, openTicket, {
    customerId,
    channel: 'phone',
    category: 'consult',
    urgency: 'medium',
    impact: 'single',
    subject: '咨询',
    description: '【现象】问',
    ...overrides,
  });
const view = (id: string) => ticketById(world.centre, supervisor, id);
const groupKey = async (id: string) =>
  (
    await world.db.maybe(
      sql<{
        key: string;
      }>`select g.key from ticket t join skill_group g on g.id = t.group_id where t.id = ${id}::uuid`,
    )
  )?.key;
const resolution = { solution: '已处理', steps: '见说明', cautions: '无' };

test('SD1-08 an enquiry goes to the consult group', async () =>
  assert.equal(await groupKey((await opened()).id), 'consult'));
test('SD1-09 technical support goes to the technical group', async () =>
  assert.equal(await groupKey((await opened({ category: 'tech.fault' })).id), 'tech'));
test('SD1-10 a suggestion does not start complaint clocks, a complaint does', async () => {
  const kinds = async (category: string) =>
    (await view((await opened({ category })).id)).deadlines.map(({ kind }) => kind);
  assert.ok(!(await kinds('complaint_suggestion.suggestion')).some((kind) => kind.startsWith('complaint')));
  assert.ok((await kinds('complaint_suggestion.complaint')).includes('complaint_contact'));
});
test('SD2-09 marking a ticket 紧急需求 sets its urgency high, and its category stays', async () => {
  const marked = await view((await opened({ emergency: true })).id);
  assert.deepEqual([marked.urgency, marked.isEmergency, marked.category], ['high', true, 'consult']);
  const { id } = await opened({ urgency: 'low' });
  await world.does(supervisor, changeTicket, { id, emergency: true });
  const later = await view(id);
  assert.deepEqual([later.urgency, later.isEmergency, later.category], ['high', true, 'consult']);
  assert.match(later.priorityWhy, /紧急程度「高」/, 'the priority follows');
  const { data } = await world.db.one(
    sql<{
      data: { fields: string[] };
    }>`select data from event where subject_id = ${id}::uuid and type = 'ticket.changed'`,
  );
  assert.deepEqual(
    data.fields,
    ['emergency', 'urgency'],
    'the history says that the urgency changed with it',
  );
  const worst = await opened({ urgency: 'critical', emergency: true });
  assert.equal((await view(worst.id)).urgency, 'critical', 'what is worse stays');
});

test('SD1-07 SD1-45 description, urgency and expected time are kept; who registered and when come from log-in and clock', async () => {
  const { id } = await opened({
    description: '【现象】异响',
    urgency: 'high',
    expectedAt: '2026-11-20T02:00:00Z',
  });
  const ticket = await view(id);
  assert.deepEqual(
    [ticket.description, ticket.urgency, ticket.expectedAt],
    ['【现象】异响', 'high', '2026-11-20T02:00:00.000Z'],
  );
  assert.deepEqual(
    [ticket.accountableName, ticket.createdAt],
    ['李思', new Date(world.clock.now()).toISOString()],
  );
});
test('SD1-06 key fields confirmed with the customer carry who and when', async () => {
  const { id } = await opened({ confirmed: ['name', 'phone'] });
  assert.deepEqual(
    (await view(id)).confirmed.map(({ field, by }) => [field, by]),
    [
      ['name', '李思'],
      ['phone', '李思'],
    ],
  );
});
test('SD1-12 a changed matrix ranks new tickets only', async () => {
  const before_ = await opened({ urgency: 'low', impact: 'minor' });
  const matrix = await setting(world.db, 'matrix');
  await world.does(admin, changeSetting, {
    key: 'matrix',
    version: 0,
    value: {
      ...matrix,
      cells: matrix.cells.map((cell) =>
        cell.urgency === 'low' && cell.impact === 'minor' ? { ...cell, priority: 'P2' as const } : cell,
      ),
    },
  });
  await world.later({ seconds: 3 });
  assert.equal((await view(before_.id)).priority, 'P4');
  assert.equal((await view((await opened({ urgency: 'low', impact: 'minor' })).id)).priority, 'P2');
});
test('SD1-12 an override of the priority needs the right and a reason', async () => {
  const { id } = await opened({ assigneeId: agent.id });
  await assert.rejects(world.does(agent, changeTicket, { id, priority: 'P1', reason: '客户着急' }), {
    code: 'FORBIDDEN',
  });
  await assert.rejects(world.does(supervisor, changeTicket, { id, priority: 'P1' }), {
    code: 'REASON_REQUIRED',
  });
  await world.does(supervisor, changeTicket, { id, priority: 'P1', reason: '重点客户' });
  assert.equal((await view(id)).priority, 'P1');
});
test('SD1-44 尽快 stands after dated ones when sorted by expected time', async () => {
  const late = await opened({ subject: '期望排序', expectedAt: '2026-11-25T02:00:00Z' });
  const soon = await opened({ subject: '期望排序', expectedAt: '2026-11-21T02:00:00Z' });
  const asap = await opened({ subject: '期望排序' });
  const { items } = await listTickets(world.db, supervisor, { q: '期望排序', sort: 'expected' });
  assert.deepEqual(
    items.map(({ id }) => id),
    [soon.id, late.id, asap.id],
  );
});
test('SD1-40 tickets of partners are found by the kind of their customer', async () => {
  const partner = await world.does(agent, createCustomer, {
    kind: 'partner',
    name: '云帆科技',
    company: '云帆科技',
    contactName: '赵强',
  });
  const { id } = await opened({ customerId: partner.id });
  assert.deepEqual(
    (await listTickets(world.db, supervisor, { kind: 'partner' })).items.map((ticket) => ticket.id),
    [id],
  );
});
test('SD1-28 SD1-32 the customer’s decision is verified before closing', async () => {
  const { id } = await opened({ assigneeId: agent.id });
  await world.does(agent, startTicket, { id });
  await world.does(agent, resolveTicket, { id, resolution });
  await world.does(agent, verifyTicket, { id, type: 'satisfied_with_plan' });
  await world.does(agent, confirmTicket, { id });
  await world.does(agent, closeTicket, { id });
  const ticket = await view(id);
  assert.deepEqual(
    [ticket.status, ticket.closeReason, ticket.verification?.type],
    ['closed', 'customer_confirmed', 'satisfied_with_plan'],
  );
});
test('SD1-35 without an answer it closes after three reminders and three business days; a supervisor may override with a reason (C8)', async () => {
  const quiet = await opened({ assigneeId: agent.id });
  await world.does(agent, startTicket, { id: quiet.id });
  await world.does(agent, resolveTicket, { id: quiet.id, resolution });
  for (let n = 0; n < 3; n++) await world.does(agent, remindTicket, { id: quiet.id });
  await assert.rejects(world.does(agent, closeTicket, { id: quiet.id }), { code: 'TICKET_NOT_CONFIRMED' });
  const forced = await opened({ assigneeId: agent.id });
  await assert.rejects(world.does(agent, closeTicket, { id: forced.id, override: true, reason: '重复' }), {
    code: 'FORBIDDEN',
  });
  await assert.rejects(world.does(supervisor, closeTicket, { id: forced.id, override: true }), {
    code: 'REASON_REQUIRED',
  });
  await world.does(supervisor, closeTicket, { id: forced.id, override: true, reason: '重复登记' });
  assert.equal((await view(forced.id)).closeReason, 'supervisor_override');
  await world.later({ days: 6 });
  assert.equal((await view(quiet.id)).closeReason, 'no_answer');
});
test('SD1-24 an escalation later than an hour after the start is marked late', async () => {
  const levels = async () =>
    (
      await world.db.all(
        sql<{
          late: boolean;
        }>`select (data ->> 'late')::boolean as late from event where type = 'ticket.escalated' and actor_kind = 'user' order by at`,
      )
    ).map(({ late }) => late);
  const first = await opened({ category: 'tech.fault', assigneeId: agent.id });
  await world.does(agent, startTicket, { id: first.id });
  await world.does(agent, escalateTicket, { id: first.id, reason: '超出能力' });
  const second = await opened({ category: 'tech.fault', assigneeId: agent.id });
  await world.does(agent, startTicket, { id: second.id });
  await world.later({ minutes: 61 });
  await world.does(agent, escalateTicket, { id: second.id, reason: '无法解决' });
  assert.deepEqual(await levels(), [false, true]);
});
