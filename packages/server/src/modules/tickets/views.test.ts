/** Views of one's own: kept, shared, changed, removed; they list what their condition holds for, within what one may read. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { mostViews } from '#contracts/routes/ticket-views.ts';
import { viewFacts } from '#contracts/view-facts.ts';
import type { Actor } from '#kernel/actor.ts';
import { sql } from '#kernel/sql.ts';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import { keepView } from './commands/keep-view.ts';
import { removeView } from './commands/remove-view.ts';
import { cancelTicket, listTickets, openTicket } from './index.ts';
import { countView, keptView, listViews } from './queries/views.ts';
import { trackingFile } from './paper.ts';

let world: World;
let agent: Actor;
let other: Actor;
let lead: Actor;
const open = (who: Actor, subject: string, more: object = {}) =>
  world.does(who, openTicket, {
    customer: { kind: 'person', name: `${subject}的客户`, phones: [`1380000${String(1000 + opened++)}`] },
    channel: 'phone',
    category: 'consult',
    urgency: 'medium',
    impact: 'single',
    subject,
    description: '问',
    ...more,
  } as never) as Promise<{ id: string }>;
let opened = 0;
const listed = async (who: Actor, viewId: string) =>
  (await listTickets(world.db, who, { viewId, now: world.clock.now() })).items.map(({ subject }) => subject);
const keep = (who: Actor, input: object) =>
  world.does(who, keepView, { among: 'open', ...input } as never) as Promise<string>;

before(async () => {
  world = await newWorld({ at: '2026-11-18T10:00:00+08:00' });
  agent = await world.person('agent', { groups: ['consult'], name: '王芳' });
  other = await world.person('agent', { groups: ['tech'] });
  lead = await world.person('supervisor', { groups: ['consult', 'tech'] });
});
after(() => world.end());

test('a view lists what its condition holds for, and what grows old comes into it by itself', async () => {
  await open(agent, '旧的');
  await world.later({ hours: 30 });
  await open(agent, '新的', { urgency: 'high', impact: 'wide' });
  const view = await keep(agent, { name: '超过一天', condition: { 'ticket.ageHours': { over: 24 } } });
  assert.deepEqual(await listed(agent, view), ['旧的']);
  await world.later({ hours: 30 });
  assert.deepEqual((await listed(agent, view)).toSorted(), ['新的', '旧的']);
  const urgent = await keep(agent, {
    name: '要紧',
    condition: { any: [{ 'ticket.urgency': 'high' }, { 'ticket.subject': { has: '没有' } }] },
  });
  assert.deepEqual(await listed(agent, urgent), ['新的']);
  assert.deepEqual(
    await countView(
      world.db,
      agent,
      { condition: { 'ticket.urgency': 'high' }, among: 'open' },
      world.clock.now(),
    ),
    { count: 1, more: false },
  );
});

test('every fact that a view may ask for can be asked', async () => {
  for (const [path, fact] of Object.entries(viewFacts)) {
    const condition =
      fact.type === 'list'
        ? { [path]: { has: '重点' } }
        : {
            [path]: { number: { atLeast: 0 }, yes: true, text: { has: '客户' }, ref: { empty: false } }[
              fact.type
            ],
          };
    const id = await keep(agent, { name: path, condition, among: 'all' });
    await listed(agent, id);
    await world.does(agent, removeView, { id });
  }
});

test('what is over stands only in a view of all', async () => {
  const { id } = await open(agent, '办完的');
  await world.does(lead, cancelTicket, { id, reason: '重复登记' });
  const condition = { 'ticket.subject': '办完的' };
  assert.deepEqual(await listed(agent, await keep(agent, { name: '未完', condition })), []);
  assert.deepEqual(await listed(agent, await keep(agent, { name: '全部', condition, among: 'all' })), [
    '办完的',
  ]);
});

test('one’s own view is seen by nobody else; sharing asks for the permission; a group’s is seen by the group', async () => {
  const condition = { 'ticket.mine': true };
  const own = await keep(agent, { name: '我的一览', condition });
  await assert.rejects(listed(lead, own), { code: 'NOT_FOUND' });
  await assert.rejects(world.does(lead, removeView, { id: own }), { code: 'NOT_FOUND' });
  await assert.rejects(keep(agent, { name: '大家的', condition, share: 'all' }), { code: 'FORBIDDEN' });
  const { id: groupId } = await world.db.one(
    sql<{ id: string }>`select id from skill_group where key = 'consult'`,
  );
  await assert.rejects(keep(lead, { name: '组的', condition, share: 'group' }), { code: 'VALIDATION' });
  const ours = await keep(lead, { name: '咨询组', condition, share: 'group', groupId });
  const names = async (who: Actor) => (await listViews(world.db, who)).map(({ name }) => name);
  assert.ok((await names(agent)).includes('咨询组'));
  assert.ok(!(await names(other)).includes('咨询组'));
  await assert.rejects(world.does(agent, keepView, { id: ours, name: '改' }), { code: 'FORBIDDEN' });
  await world.does(lead, keepView, { id: ours, share: 'all', version: 1 });
  assert.ok((await names(other)).includes('咨询组'));
  await assert.rejects(world.does(lead, keepView, { id: ours, name: '晚了', version: 1 }), {
    code: 'STALE_VERSION',
  });
  await world.does(lead, removeView, { id: ours });
  assert.ok(!(await names(other)).includes('咨询组'));
  const { lines } = await world.db.one(
    sql<{ lines: number }>`select count(*)::int as lines from audit where subject_id = ${ours}`,
  );
  assert.equal(lines, 3);
});

test('a view of a group is tidied by its author and by who may share, from outside the group too', async () => {
  const condition = { 'ticket.mine': true };
  const { id: groupId } = await world.db.one(
    sql<{ id: string }>`select id from skill_group where key = 'consult'`,
  );
  const outside = await world.person('supervisor', { groups: ['tech'] });
  const ours = await keep(lead, { name: '咨询组的', condition, share: 'group', groupId });
  const seen = async (who: Actor) =>
    (await listViews(world.db, who)).find(({ id }) => id === ours)?.mayChange ?? null;
  assert.deepEqual(await Promise.all([outside, lead, agent, other].map(seen)), [true, true, false, null]);
  await world.does(outside, keepView, { id: ours, name: '咨询组的积压' });
  assert.equal((await listViews(world.db, outside)).at(-1)!.name, '咨询组的积压', 'after those of one’s own');
  // Its author has left the group, and may share no longer: it is still theirs to take away.
  const author: Actor = { ...lead, groupIds: [], grants: { 'ticket.read': 'all' } };
  await assert.rejects(world.does(other, removeView, { id: ours }), { code: 'NOT_FOUND' });
  await assert.rejects(world.does(agent, removeView, { id: ours }), { code: 'FORBIDDEN' });
  await world.does(author, keepView, { id: ours, name: '旧的积压' });
  await world.does(author, removeView, { id: ours });
  const again = await keep(lead, { name: '又一个', condition, share: 'group', groupId });
  await world.does(outside, removeView, { id: again });
  assert.ok(!(await listViews(world.db, lead)).some(({ id }) => id === again));
});

test('who gives a shared view back to its owner is answered, and does not see it any more', async () => {
  const second = await world.person('supervisor', { groups: ['tech'] });
  const view = await keep(lead, { name: '借来的', condition: { 'ticket.mine': true }, share: 'all' });
  await world.does(second, keepView, { id: view, share: 'me' });
  const kept = await keptView(world.db, second, view);
  assert.deepEqual([kept.name, kept.share, kept.mayChange], ['借来的', 'me', false]);
  assert.ok((await listViews(world.db, lead)).some(({ id, mayChange }) => id === view && mayChange));
  assert.ok(!(await listViews(world.db, second)).some(({ id }) => id === view));
  await assert.rejects(world.does(second, keepView, { id: view, name: '又改' }), { code: 'NOT_FOUND' });
});

test('a shared view lists for each only what they may read', async () => {
  await open(agent, '咨询组的');
  const view = await keep(lead, {
    name: '都有的',
    condition: { 'ticket.subject': '咨询组的' },
    share: 'all',
  });
  assert.deepEqual(await listed(agent, view), ['咨询组的']);
  assert.deepEqual(await listed(other, view), []);
  const { bytes } = await trackingFile(world.centre, lead, { viewId: view }, 'csv', 'zh-CN');
  assert.equal(bytes.toString().split('咨询组的').length - 1, 1, 'the file of a view holds its tickets');
});

test('a condition that cannot be asked is refused at its place, in words', async () => {
  const refused = async (condition: object): Promise<string> => {
    try {
      await keep(agent, { name: '错', condition });
    } catch (error) {
      const [fault] = (error as { faults: { pointer: string; message: { zh: string } }[] }).faults;
      return `${fault!.pointer} ${fault!.message.zh}`;
    }
    return 'kept';
  };
  assert.equal(await refused({}), '/condition 至少写一个条件');
  assert.match(await refused({ 'ticket.colour': 'red' }), /^\/condition\/ticket\.colour 视图不认识/);
  assert.match(await refused({ 'ticket.priority': { over: 3 } }), /“优先级”不能这样比较/);
  assert.match(
    await refused({ any: [{ 'ticket.complaint': 'yes' }] }),
    /^\/condition\/any\/0\/ticket\.complaint/,
  );
  assert.match(await refused({ 'ticket.priority': ['P1', 'P9'] }), /没有“P9”，可用：P1、P2/);
  assert.match(await refused({ 'ticket.ageHours': { near: 3 } }), /不认识的比较/);
  assert.match(await refused({ constructor: 'x' }), /^\/condition\/constructor 视图不认识/);
  assert.match(await refused({ 'ticket.ageHours': { toString: 3 } }), /不认识的比较/);
  assert.match(await refused({ 'ticket.ageHours': {} }), /没有写怎样比较/);
  assert.match(await refused({ 'ticket.mine': true, any: [] }), /^\/condition\/any .*至少一条/);
  assert.match(
    await refused({ any: Array.from({ length: 21 }, () => ({ 'ticket.mine': true })) }),
    /最多 20 个条件，现有 21 个/,
  );
  for (
    let n = (await listViews(world.db, other)).filter(({ ownerId }) => ownerId === other.id).length;
    n < mostViews;
    n++
  )
    await keep(other, { name: `第 ${n} 个`, condition: { 'ticket.mine': true } });
  await assert.rejects(keep(other, { name: '多了', condition: { 'ticket.mine': true } }), {
    code: 'VIEWS_TOO_MANY',
  });
});

test('who may not read customers learns nothing about them by a view', async () => {
  await open(agent, '探问');
  const blind: Actor = { ...agent, grants: { 'ticket.read': 'all' } };
  const view = await keep(lead, { name: '个人', condition: { 'customer.kind': 'person' }, share: 'all' });
  assert.ok((await listed(lead, view)).includes('探问'));
  assert.deepEqual(await listed(blind, view), []);
});
