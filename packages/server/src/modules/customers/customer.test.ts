import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import type { Actor } from '#kernel/actor.ts';
import { sql } from '#kernel/sql.ts';
import { changeCustomer, createCustomer, customerById, listCustomers } from './index.ts';
import { mergeCustomer, unmergeCustomer } from './commands/merge.ts';
import { revealIdentity } from './commands/reveal.ts';
import { mask, parsePhone } from './phone.ts';
import { duplicatesOf } from './queries/duplicates.ts';

let world: World;
let agent: Actor;
let manager: Actor;
before(async () => {
  world = await newWorld({ at: '2026-11-18T10:00:00+08:00' });
  agent = await world.person('agent');
  manager = await world.person('manager');
});
after(() => world.end());

test('SD4-29 the first customer of 2026-11 is C202611001, the next C202611002', async () => {
  const first = await world.does(agent, createCustomer, { kind: 'person', name: '第一位' });
  const second = await world.does(agent, createCustomer, { kind: 'person', name: '第二位' });
  assert.deepEqual([first.number, second.number], ['C202611001', 'C202611002']);
});
test('SD1-39 SD1-42 a company needs a contact person and its name; a person’s company is "-"', async () => {
  await assert.rejects(
    world.does(agent, createCustomer, { kind: 'company', name: '云帆', company: '云帆' }),
    { code: 'CUSTOMER_CONTACT_NAME_REQUIRED' },
  );
  await assert.rejects(
    world.does(agent, createCustomer, { kind: 'company', name: '云帆', contactName: '赵强' }),
    { code: 'CUSTOMER_COMPANY_REQUIRED' },
  );
  const { id } = await world.does(agent, createCustomer, {
    kind: 'company',
    name: '云帆',
    company: '云帆',
    contactName: '赵强',
  });
  await world.does(agent, changeCustomer, { id, change: { kind: 'person' } });
  assert.equal((await customerById(world.db, id))!.company, '-');
});
test('SD4-04 the base file of a company we cooperate with is whole: trade, contact with position, a way to reach them', async () => {
  const file = {
    kind: 'company' as const,
    name: '云帆',
    company: '云帆',
    contactName: '赵强',
    cooperationSince: '2026-11-01',
  };
  await assert.rejects(world.does(agent, createCustomer, file), (error: unknown) => {
    assert.deepEqual(
      (error as { faults: { pointer: string }[] }).faults.map(({ pointer }) => pointer),
      ['/industry', '/contactTitle', '/phones'],
    );
    return true;
  });
  const whole = { ...file, industry: '软件', contactTitle: '采购经理', phones: ['13800007001'] };
  const { id } = await world.does(agent, createCustomer, whole);
  await assert.rejects(world.does(agent, changeCustomer, { id, change: { industry: '' } }), {
    code: 'VALIDATION',
  });
  await world.does(agent, changeCustomer, { id, change: { cooperationSince: null, industry: '' } });
  const kept = (await customerById(world.db, id))!;
  assert.deepEqual([kept.level, kept.contact_title], ['normal', '采购经理']);
});
test('SD1-41 138… is stored as +86138… and found by either form and by its tail; several numbers, one preferred', async () => {
  const { id } = await world.does(agent, createCustomer, {
    kind: 'person',
    name: '张伟',
    phones: ['138 0013 8000', '010-12345678', '95588'],
  });
  const row = (await customerById(world.db, id))!;
  assert.deepEqual(row.identities.map(({ value }) => value).toSorted(), [
    '+861012345678',
    '+8613800138000',
    '95588',
  ]);
  assert.equal(row.identities.filter(({ preferred }) => preferred).length, 1);
  for (const phone of ['13800138000', '+86 138 0013 8000', '008613800138000', '8000'])
    assert.deepEqual(
      (await listCustomers(world.db, agent, { phone })).items.map((found) => found.id),
      [id],
      phone,
    );
});
test('a number that is none is refused, an extension is cut off, full-width digits are digits', () => {
  assert.equal(parsePhone('没有'), undefined);
  assert.equal(parsePhone('010-12345678转801')?.value, '+861012345678');
  assert.equal(parsePhone('１３８００１３８０００')?.value, '+8613800138000');
  assert.deepEqual(
    [mask('phone', '+8613800138000'), mask('email', 'zhang@x.cn')],
    ['138****8000', 'z***@x.cn'],
  );
});
test('SD3h-05 two customers with one phone are proposed as duplicates, merged and separated again', async () => {
  const a = await world.does(agent, createCustomer, {
    kind: 'person',
    name: '王丽',
    phones: ['13911110000'],
  });
  const b = await world.does(agent, createCustomer, {
    kind: 'person',
    name: '王莉',
    phones: ['13911110000', '13922220000'],
  });
  assert.deepEqual(
    (await duplicatesOf(world.db, a.id)).map(({ id, because }) => [id, because]),
    [[b.id, '电话相同']],
  );
  await world.does(manager, mergeCustomer, { id: a.id, fromId: b.id, reason: '同一人' });
  assert.equal((await customerById(world.db, a.id))!.identities.length, 2);
  await assert.rejects(world.does(agent, changeCustomer, { id: b.id, change: { name: '改' } }), {
    code: 'CUSTOMER_MERGED',
  });
  await world.does(manager, unmergeCustomer, { id: a.id, fromId: b.id, reason: '误合并' });
  assert.equal((await customerById(world.db, a.id))!.identities.length, 1);
  assert.equal((await customerById(world.db, b.id))!.merged_into, null);
});

test('SD3h-06 SD3u-14 an agent sees 138****1234; the whole number only for a reason, and who, whose and why are logged', async () => {
  const { id } = await world.does(agent, createCustomer, {
    kind: 'person',
    name: '何静',
    phones: ['13877771234'],
  });
  const shown = async (actor: Actor) =>
    (await listCustomers(world.db, actor, { phone: '13877771234' })).items[0]!.identities[0]!;
  const masked = await shown(agent);
  assert.deepEqual([masked.value, masked.masked], ['138****1234', true]);
  await assert.rejects(world.does(agent, revealIdentity, { id, identityId: masked.id, reason: '看看' }), {
    code: 'REVEAL_REASON_REQUIRED',
  });
  const { value } = await world.does(agent, revealIdentity, {
    id,
    identityId: masked.id,
    reason: '客户要求回电',
  });
  assert.equal(value, '+8613877771234');
  const line = await world.db.one(
    sql<{
      user_id: string;
      body: string;
    }>`select user_id, body from audit where action = 'customers.reveal' and subject_id = ${id}`,
  );
  assert.equal(line.user_id, agent.id);
  assert.match(line.body, /客户要求回电/);
  assert.doesNotMatch(line.body, /13877771234/, 'the log itself gives nothing away');
});
