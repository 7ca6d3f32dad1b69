import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import type { Actor } from '#kernel/actor.ts';
import { Rehearsed } from '#kernel/sheet.ts';
import { sql } from '#kernel/sql.ts';
import { toXlsx } from '#kernel/xlsx.ts';
import { customerFieldKeys, customerFields, fieldOfHeading } from '#contracts/customer-fields.ts';
import { customerBody } from '#contracts/routes/customers.ts';
import type { CustomersImported } from '#contracts/routes/customers.ts';
import { changeCustomer, createCustomer, customerById, listCustomers } from './index.ts';
import { importCustomers } from './commands/import.ts';
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
test('SD1-38 SD1-39 the one name of the paper form is, of an enterprise, its contact person', async () => {
  const { id } = await world.does(agent, createCustomer, { kind: 'partner', name: '赵强', company: '云帆' });
  const kept = (await customerById(world.db, id))!;
  assert.deepEqual([kept.name, kept.contact_name, kept.company], ['赵强', '赵强', '云帆']);
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
  assert.deepEqual(
    ['+862162345678', '+861062345678', '95588', '4008001234'].map((value) => mask('phone', value)),
    ['021****5678', '010****5678', '95588', '400****1234'],
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

test('SD3h-05 every field kept of a customer says what for and where it comes from, in both languages', () => {
  // `class` is set by playbooks and shown nowhere to fill in; `fields` holds the centre's own, of which birthday is ours.
  const kept = [...Object.keys(customerBody).filter((key) => !['class', 'fields'].includes(key)), 'birthday'];
  assert.deepEqual([...customerFieldKeys].toSorted(), kept.toSorted());
  for (const key of customerFieldKeys)
    for (const words of [customerFields[key].purpose, customerFields[key].source])
      assert.ok(words.zh.length > 1 && words.en.length > 1, key);
});

test('SD3h-05 a sheet is mapped and rehearsed; whose phone is known is proposed for merging, not doubled', async () => {
  const known = await world.does(agent, createCustomer, {
    kind: 'person',
    name: '沈冰',
    phones: ['13711110001'],
    remark: '老客户',
  });
  const sheet = [
    ['客户姓名', '手机号', '合作日期', '单位', '老系统编号'],
    ['沈 冰', '137-1111-0001', '2024/3/5', '', 'X1'],
    ['陆远', '13711110002', '', '', 'X2'],
    ['陆远（重复行）', '13711110002', '', '', 'X3'],
    ['', '13711110003', '', '', 'X4'],
    ['贺年', '1371', '', '', 'X5'],
  ];
  const content = Buffer.from(sheet.map((row) => row.join(',')).join('\n')).toString('base64');
  const input = { format: 'csv' as const, content };
  const count = async () =>
    (await world.db.one(sql<{ n: number }>`select count(*)::int as n from customer`)).n;
  const before = await count();
  const rehearse = async (more: object): Promise<CustomersImported> => {
    try {
      await world.does(manager, importCustomers, { ...input, ...more, dryRun: true });
    } catch (error) {
      if (error instanceof Rehearsed) return error.answer as CustomersImported;
      throw error;
    }
    throw new Error('a rehearsal ends by being taken back');
  };
  const told = await rehearse({});
  assert.equal(await count(), before, 'a rehearsal keeps nothing');
  assert.deepEqual(
    told.columns.map(({ field }) => field),
    ['name', 'phones', 'cooperationSince', 'company', null],
  );
  assert.equal(told.created, 1);
  assert.deepEqual(
    told.duplicates.map(({ line, known: name, number }) => [line, name, number !== '']),
    [
      [2, '沈冰', true],
      [4, '陆远', false],
    ],
  );
  assert.deepEqual(
    told.refused.map(({ line }) => line),
    [5, 6],
  );
  assert.ok(told.refused[0]!.zh.includes('姓名'));
  // Another mapping: the number of the old system is kept as the remark.
  const mapped = { mapping: { 老系统编号: 'remark' as const } };
  assert.equal((await rehearse(mapped)).columns[4]!.field, 'remark');
  await assert.rejects(world.does(agent, importCustomers, input), { code: 'FORBIDDEN' });

  const kept = await world.does(manager, importCustomers, { ...input, ...mapped, merge: true });
  assert.deepEqual([kept.created, kept.merged], [1, 2]);
  assert.equal(await count(), before + 1);
  const same = (await customerById(world.db, known.id))!;
  assert.deepEqual([same.name, same.remark, same.cooperation_since], ['沈冰', '老客户', '2024-03-05']);
  const { items } = await listCustomers(world.db, manager, { phone: '13711110002' });
  assert.deepEqual(
    items.map(({ name, remark }) => [name, remark]),
    [['陆远', 'X2']],
  );
  const running = (number: string) => Number(number.slice(1));
  assert.equal(
    running(items[0]!.number),
    running((await customerById(world.db, known.id))!.number) + 1,
    'rehearsals spend no numbers',
  );
  // The same sheet again makes nobody; an XLSX is read the same way.
  const again = await world.does(manager, importCustomers, {
    format: 'xlsx',
    content: Buffer.from(toXlsx('客户', sheet.slice(0, 3))).toString('base64'),
  });
  assert.deepEqual([again.created, again.duplicates.length], [0, 2]);
  const audits = await world.db.all(
    sql<{
      body: string;
    }>`select body from audit where user_id = ${manager.id}::uuid and body like '%customers.import%'`,
  );
  const counts = '"created":1,"merged":2,"duplicates":2,"refused":2';
  assert.ok(
    audits.some(({ body }) => body.includes(counts)),
    'the import stands in the audit with its counts',
  );
});

test('headings are known in Chinese and English, with brackets and stars', () => {
  assert.equal(fieldOfHeading('* 联系电话（必填）'), null);
  assert.equal(fieldOfHeading('* 联系电话'), 'phones');
  assert.equal(fieldOfHeading('E-mail'), 'emails');
  assert.equal(fieldOfHeading('什么'), null);
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
