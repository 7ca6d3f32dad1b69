import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import type { Actor } from '#kernel/actor.ts';
import { systemActor } from '#kernel/actor.ts';
import { sql } from '#kernel/sql.ts';
import { accept, receive } from '#modules/conversations/index.ts';
import { setPresence } from '#modules/identity/index.ts';
import {
  assignTicket,
  makeAccountable,
  cancelTicket,
  changeTicket,
  claimTicket,
  escalateTicket,
  openTicket,
  reopenTicket,
  requestInfo,
  resolveTicket,
  resumeTicket,
  startTicket,
  ticketById,
} from './index.ts';

let world: World;
let agent: Actor;
let engineer: Actor;
let relations: Actor;
let supervisor: Actor;
let techlead: Actor;
before(async () => {
  world = await newWorld({ at: '2026-11-18T10:00:00+08:00' });
  agent = await world.person('agent', { groups: ['consult'], name: '李思' });
  engineer = await world.person('engineer', { groups: ['tech'], name: '赵工' });
  relations = await world.person('relations', { groups: ['relations'], name: '钱关系' });
  supervisor = await world.person('supervisor', { groups: ['consult', 'tech'], name: '王主管' });
  techlead = await world.person('techlead', { groups: ['tech'], name: '孙技术' });
});
after(() => world.end());

let people = 0;
const somebody = () => ({
  kind: 'person' as const,
  name: `客户${(people += 1)}`,
  phones: [`1380000${String(people).padStart(4, '0')}`],
});
const opened = async (overrides = {}) =>
  (
    await world.does(agent, openTicket, {
      ...('customerId' in overrides ? {} : { customer: somebody() }),
      channel: 'phone',
      category: 'consult',
      urgency: 'medium',
      impact: 'single',
      subject: '咨询',
      description: '问',
      ...overrides,
    })
  ).id;
const view = (id: string, who: Actor = supervisor) => ticketById(world.centre, who, id);
const resolution = { solution: '已处理', steps: '见说明', cautions: '无' };
const solve = async (id: string, who: Actor) => {
  await world.does(who, startTicket, { id });
  await world.does(who, resolveTicket, { id, resolution });
};

test('SD1-11 an escalated complaint is linked to the complaint it came from', async () => {
  const original = await opened({ category: 'complaint_suggestion.complaint', subject: '态度不好' });
  const { customerId } = await view(original);
  await opened({ customerId, category: 'consult' });
  const later = await world.does(agent, openTicket, {
    customerId,
    channel: 'phone',
    category: 'other.escalation',
    urgency: 'high',
    impact: 'single',
    subject: '对处理结果不满意',
    description: '要求上级处理',
  });
  assert.deepEqual(
    (await view(later.id)).links.map(({ id, relation }) => [id, relation]),
    [[original, 'original_complaint']],
  );
  assert.deepEqual(
    (await view(original)).links.map(({ id, relation }) => [id, relation]),
    [[later.id, 'related']],
  );
});

test('SD1-11 a ticket that turns out to be an escalation is linked too; without a complaint there is nothing to link', async () => {
  const alone = await opened({ category: 'other.escalation' });
  assert.deepEqual((await view(alone)).links, []);
  const original = await opened({ category: 'complaint_suggestion.complaint' });
  const { customerId } = await view(original);
  const withdrawn = await opened({ customerId, category: 'complaint_suggestion.complaint' });
  await world.does(supervisor, cancelTicket, { id: withdrawn, reason: '重复' });
  const turned = await opened({ customerId, category: 'other', assigneeId: agent.id });
  await world.does(agent, changeTicket, { id: turned, category: 'other.escalation' });
  assert.deepEqual(
    (await view(turned)).links.map(({ id }) => id),
    [original],
  );
});

test('SD1-18 the supervisor dispatches to an engineer; the audit shows from, to and why', async () => {
  const id = await opened({ category: 'tech.fault' });
  await world.does(supervisor, assignTicket, { id, assigneeId: engineer.id });
  await world.does(supervisor, assignTicket, { id, assigneeId: techlead.id, note: '需要资深处理' });
  const lines = await world.db.all(
    sql<{
      data: Record<string, unknown>;
      actor_id: string;
    }>`select body::jsonb -> 'data' as data, actor_id from audit where action = 'tickets.assign' and subject_id = ${id} order by at, seq`,
  );
  assert.deepEqual(
    lines.map(({ data, actor_id }) => [data.from, data.to, data.note, actor_id]),
    [
      [null, engineer.id, null, supervisor.id],
      [engineer.id, techlead.id, '需要资深处理', supervisor.id],
    ],
  );
});

test('SD1-18 only a supervisor or lead reassigns, a lead of one group not into another, and never without a note', async () => {
  const id = await opened({ category: 'tech.fault', assigneeId: engineer.id });
  const { id: consult } = await world.db.one(
    sql<{ id: string }>`select id from skill_group where key = 'consult'`,
  );
  await assert.rejects(world.does(engineer, assignTicket, { id, assigneeId: techlead.id, note: '换人' }), {
    code: 'FORBIDDEN',
  });
  await assert.rejects(world.does(techlead, assignTicket, { id, groupId: consult, note: '转咨询组' }), {
    code: 'FORBIDDEN',
  });
  await assert.rejects(world.does(techlead, assignTicket, { id, assigneeId: techlead.id }), {
    code: 'TRANSFER_NOTE_REQUIRED',
  });
  await world.does(supervisor, assignTicket, { id, groupId: consult, note: '实为咨询' });
  assert.equal((await view(id)).groupId, consult);
});

test('SD3d-19 transferred, who first received it stays accountable; only a supervisor makes it somebody else, with a reason that is audited', async () => {
  const id = await opened({ category: 'tech.fault', assigneeId: engineer.id });
  const first = (await view(id)).accountableId;
  assert.ok(first, 'never empty');
  await world.does(supervisor, assignTicket, { id, assigneeId: techlead.id, note: '需要资深处理' });
  assert.deepEqual([(await view(id)).accountableId, (await view(id)).assigneeId], [first, techlead.id]);
  const to = { id, userId: engineer.id };
  await assert.rejects(world.does(engineer, makeAccountable, { ...to, reason: '我来' }), {
    code: 'FORBIDDEN',
  });
  await assert.rejects(world.does(supervisor, makeAccountable, { ...to, reason: ' ' }), {
    code: 'REASON_REQUIRED',
  });
  await world.does(supervisor, makeAccountable, { ...to, reason: '原接待人离职' });
  assert.deepEqual([(await view(id)).accountableId, (await view(id)).assigneeId], [engineer.id, techlead.id]);
  await world.centre.settle();
  const line = await world.db.one(
    sql<{
      data: Record<string, unknown>;
      actor_id: string;
    }>`select body::jsonb -> 'data' as data, actor_id from audit where action = 'tickets.make-accountable' and subject_id = ${id}`,
  );
  assert.deepEqual(
    [line.data.from, line.data.to, line.data.reason, line.actor_id],
    [first, engineer.id, '原接待人离职', supervisor.id],
  );
  const told = await world.db.all(
    sql<{
      kind: string;
    }>`select kind from notice where user_id = ${engineer.id}::uuid and subject_id = ${id}::uuid and kind = 'made_accountable'`,
  );
  assert.equal(told.length, 1);
});

test('SD1-19 an enquiry answered at once by whoever took it is solved at first contact', async () => {
  const id = await opened({ assigneeId: agent.id });
  assert.equal((await view(id)).firstContact, null);
  await solve(id, agent);
  assert.equal((await view(id)).firstContact, true);
  const { told } = await world.db.one(
    sql<{
      told: boolean;
    }>`select (data ->> 'firstContact')::boolean as told from event where type = 'ticket.resolved' and subject_id = ${id}::uuid`,
  );
  assert.equal(told, true, 'the figure counts from the event');
});

test('SD1-19 handed over, asked back, escalated or reopened is no solution at first contact', async () => {
  const handed = await opened({ assigneeId: agent.id });
  await world.does(supervisor, assignTicket, { id: handed, assigneeId: supervisor.id, note: '接手' });
  await solve(handed, supervisor);
  const asked = await opened({ assigneeId: agent.id });
  await world.does(agent, requestInfo, { id: asked, what: '请提供订单号' });
  await world.does(agent, resumeTicket, { id: asked });
  await world.does(agent, resolveTicket, { id: asked, resolution });
  const raised = await opened({ assigneeId: supervisor.id });
  await world.does(supervisor, startTicket, { id: raised });
  await world.does(supervisor, escalateTicket, { id: raised, reason: '超出能力' });
  await world.does(supervisor, resolveTicket, { id: raised, resolution });
  const reopened = await opened({ assigneeId: agent.id });
  await solve(reopened, agent);
  await world.does(agent, reopenTicket, { id: reopened, reason: '没有解决' });
  assert.equal((await view(reopened)).firstContact, false);
  await world.does(agent, resolveTicket, { id: reopened, resolution });
  for (const id of [handed, asked, raised, reopened]) assert.equal((await view(id)).firstContact, false);
});

test('SD1-21 a complaint opened from a talk with the accused waits in the pool of relations, and the accused never sees it', async () => {
  await world.does(agent, setPresence, { userId: agent.id, state: 'ready' });
  const { id: channelId } = await world.db.one(sql<{ id: string }>`select id from channel where key = 'web'`);
  const { conversationId } = await world.does(systemActor('test'), receive, {
    channelId,
    body: '你们客服态度太差',
  });
  await world.does(agent, accept, { id: conversationId });
  const { id } = await world.does(supervisor, openTicket, {
    customer: somebody(),
    conversationId,
    channel: 'webchat',
    category: 'complaint_suggestion.complaint',
    urgency: 'high',
    impact: 'single',
    subject: '投诉客服态度',
    description: '投诉',
    accusedAgentId: agent.id,
  });
  const ticket = await view(id);
  assert.deepEqual([ticket.assigneeId, ticket.status, ticket.groupName], [null, 'pooled', '客户关系组']);
  await assert.rejects(view(id, agent), { code: 'NOT_FOUND' });
  await assert.rejects(world.does(agent, claimTicket, { id }), { code: 'NOT_FOUND' });
  await world.does(relations, claimTicket, { id });
  assert.equal((await view(id)).assigneeId, relations.id);
});

test('SD1-21 neither by hand nor by escalation does a complaint come to the accused', async () => {
  const complaint = (accused: Actor) =>
    opened({ category: 'complaint_suggestion.complaint', accusedAgentId: accused.id });
  const id = await complaint(engineer);
  await assert.rejects(world.does(supervisor, assignTicket, { id, assigneeId: engineer.id }), {
    code: 'ASSIGNEE_ACCUSED',
  });
  await assert.rejects(
    world.does(supervisor, escalateTicket, { id, reason: '升级', toUserId: engineer.id }),
    { code: 'ASSIGNEE_ACCUSED' },
  );
  // The accused is the only lead of the group that it is raised to.
  const { group } = await world.db.one(
    sql<{
      group: string;
    }>`update group_member m set lead = true from skill_group g where g.id = m.group_id and g.key = 'tech' and m.user_id = ${techlead.id}::uuid returning g.id as group`,
  );
  const raised = await complaint(techlead);
  await world.does(supervisor, escalateTicket, { id: raised, reason: '升级', toGroupId: group });
  assert.equal((await view(raised)).assigneeId, null);
  // Nor does a link to it tell them of it.
  const { customerId } = await view(raised);
  const turned = await opened({ customerId, category: 'other.escalation', groupId: group });
  assert.equal((await view(turned)).links.length, 1);
  assert.deepEqual((await view(turned, techlead)).links, []);
});

test('SD0-31 a ticket that people hand from one group to another a third time is told to the supervisor; what the centre routes by itself is not counted', async () => {
  const groups = new Map(
    (await world.db.all(sql<{ key: string; id: string }>`select key, id from skill_group`)).map((one) => [
      one.key,
      one.id,
    ]),
  );
  const manager = await world.person('manager');
  const id = await opened();
  const told = async () =>
    (
      await world.db.all(
        sql<{
          count: number;
        }>`select (data ->> 'count')::int as count from notice where kind = 'bounced' and subject_id = ${id}::uuid and user_id = ${supervisor.id}::uuid`,
      )
    ).map(({ count }) => count);
  const pass = async (group: string) => {
    await world.does(manager, assignTicket, { id, groupId: groups.get(group)!, note: '不归我们' });
    await world.centre.settle();
  };
  await world.does(systemActor('test'), assignTicket, { id, groupId: groups.get('relations')! });
  assert.equal((await view(id, manager)).bouncedCount, 0);
  await pass('tech');
  await pass('consult');
  assert.deepEqual([(await view(id)).bouncedCount, await told()], [2, []]);
  await pass('tech');
  assert.deepEqual([(await view(id)).bouncedCount, await told()], [3, [3]]);
});
