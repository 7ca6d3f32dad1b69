import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Problem } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import {
  claimTicket,
  closeTicket,
  confirmTicket,
  remindTicket,
  openTicket,
  requestInfo,
  resolveTicket,
  startTicket,
  ticketById,
  writeMessage,
  archiveTicket,
} from './index.ts';

let world: World;
let agent: Actor;
let supervisor: Actor;
before(async () => {
  world = await newWorld({ at: '2026-11-18T10:00:00+08:00' });
  agent = await world.person('agent', { groups: ['tech'], name: '李思' });
  supervisor = await world.person('supervisor', { groups: ['tech'], name: '王主管' });
});
after(() => world.end());

const customer = {
  kind: 'person' as const,
  name: '张伟',
  phones: ['138 0000 1234'],
  emails: ['zhang@example.cn'],
};
const fault = {
  customer,
  channel: 'phone' as const,
  category: 'tech.fault',
  urgency: 'high' as const,
  impact: 'group' as const,
  subject: '打印机无法开机',
  description: '【现象】按电源键没有反应',
};
const opened = (overrides = {}) => world.does(agent, openTicket, { ...fault, ...overrides });
const resolution = {
  solution: '更换电源适配器',
  steps: '1. 断电 2. 更换 3. 开机',
  cautions: '请使用原装适配器',
};

test('SD1-12 urgency high × impact group gives P2, and says why', async () => {
  const ticket = await ticketById(world.centre, agent, (await opened()).id);
  assert.equal(ticket.priority, 'P2');
  assert.match(ticket.priorityWhy, /紧急程度「高」× 影响范围「部分用户」/);
  assert.match(ticket.number, /^T20261118-\d{4}$/);
});

test('a ticket of a chosen customer and of one to register at once is refused at its field, and nobody is registered', async () => {
  const { id } = await opened();
  const { customerId } = await world.db.one(
    sql<{ customerId: string }>`select customer_id as "customerId" from ticket where id = ${id}::uuid`,
  );
  const both = { customerId, customer: { kind: 'person' as const, name: '另一位', phones: ['13900007777'] } };
  await assert.rejects(opened(both), (problem: Problem) => {
    assert.equal(problem.code, 'VALIDATION');
    const [at] = problem.faults;
    assert.equal(at!.pointer, '/customer');
    assert.match(at!.message!.zh, /只留其中一项/);
    return true;
  });
  assert.equal(await world.db.maybe(sql`select 1 from customer where name = '另一位'`), undefined);
});

test('SD1-13 100 affected users are P1 whatever the matrix says', async () => {
  const ticket = await ticketById(
    world.centre,
    agent,
    (await opened({ urgency: 'low', impact: 'minor', affectedUsers: 100 })).id,
  );
  assert.equal(ticket.priority, 'P1');
});

test('SD1-35 SD1-36 a ticket closes only after the confirmation and is archived with six parts that refuse edits', async () => {
  const { id } = await opened();
  await world.does(agent, claimTicket, { id });
  await world.does(agent, startTicket, { id });
  await world.does(agent, writeMessage, { id, visibility: 'public', body: '您好，请尝试更换插座。' });
  await world.does(agent, requestInfo, { id, what: '请提供指示灯照片', howTo: '手机拍照后在进度页上传' });
  assert.equal((await ticketById(world.centre, agent, id)).status, 'waiting_customer');
  await world.does(agent, resolveTicket, { id, resolution });
  await assert.rejects(world.does(agent, closeTicket, { id }), { code: 'TICKET_NOT_CONFIRMED' });
  await world.does(agent, remindTicket, { id });
  assert.equal((await ticketById(world.centre, agent, id)).status, 'pending_confirmation');
  await world.does(agent, confirmTicket, { id });
  assert.equal(
    (await ticketById(world.centre, agent, id)).status,
    'resolved',
    'who has confirmed is not waited for',
  );
  await world.does(agent, closeTicket, { id });
  await world.does(supervisor, archiveTicket, { id });
  assert.equal((await ticketById(world.centre, agent, id)).status, 'archived');
  await assert.rejects(world.does(agent, writeMessage, { id, visibility: 'internal', body: '补充' }), {
    code: 'TICKET_ARCHIVED',
  });
});

test('SD1-31 solving without the three-part note is refused', async () => {
  const { id } = await opened();
  await world.does(agent, startTicket, { id });
  await assert.rejects(
    world.does(agent, resolveTicket, { id, resolution: { ...resolution, cautions: ' ' } }),
    { code: 'TICKET_RESOLUTION_REQUIRED' },
  );
});
