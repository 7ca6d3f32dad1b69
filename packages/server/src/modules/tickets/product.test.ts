import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import type { Actor } from '#kernel/actor.ts';
import { grantCertification } from '#modules/certifications/index.ts';
import { changeSetting, setting } from '#modules/settings/index.ts';
import {
  assignTicket,
  changeTicket,
  claimTicket,
  listTickets,
  openTicket,
  ticketById,
  writeMessage,
} from './index.ts';
import { candidatesFor } from './queries/candidates.ts';

let world: World;
let admin: Actor;
let certified: Actor;
let expired: Actor;
let supervisor: Actor;
before(async () => {
  world = await newWorld({ at: '2026-11-18T10:00:00+08:00' });
  admin = await world.person('admin');
  certified = await world.person('engineer', { groups: ['tech'], name: '有证' });
  expired = await world.person('engineer', { groups: ['tech'], name: '过期' });
  supervisor = await world.person('supervisor', { groups: ['tech'] });
  const grant = (userId: string, validUntil: string) =>
    world.does(admin, grantCertification, { userId, product: 'washer', validUntil });
  await grant(certified.id, '2026-11-18');
  await grant(expired.id, '2026-11-17');
});
after(() => world.end());

const opened = async (overrides = {}) =>
  (
    await world.does(supervisor, openTicket, {
      customer: { kind: 'person', name: '张伟', phones: ['13800001234'] },
      channel: 'phone',
      category: 'tech.fault',
      urgency: 'medium',
      impact: 'single',
      subject: '洗衣机不转',
      description: '【现象】',
      product: 'washer',
      ...overrides,
    })
  ).id;
const pool = async (who: Actor) =>
  (await listTickets(world.db, who, { view: 'pool', now: world.clock.now() })).items.map(({ id }) => id);
const candidates = async (id: string) =>
  (await candidatesFor(world.db, supervisor, id, world.clock.now())).items.map(({ name }) => name);

test('SD1-20 an engineer with an expired certificate is neither offered nor given that product’s ticket', async () => {
  const id = await opened();
  assert.deepEqual(await pool(expired), []);
  assert.deepEqual(await pool(certified), [id]);
  assert.deepEqual(await pool(supervisor), [id], 'who dispatches sees the whole pool');
  assert.deepEqual(await candidates(id), ['有证']);
  await assert.rejects(world.does(expired, claimTicket, { id }), { code: 'ASSIGNEE_UNCERTIFIED' });
  await assert.rejects(world.does(supervisor, assignTicket, { id, assigneeId: expired.id }), {
    code: 'ASSIGNEE_UNCERTIFIED',
  });
  await assert.rejects(opened({ assigneeId: expired.id }), { code: 'ASSIGNEE_UNCERTIFIED' });
  await world.does(supervisor, assignTicket, { id, assigneeId: certified.id });
  assert.equal((await ticketById(world.centre, supervisor, id)).assigneeId, certified.id);
});

test('SD1-20 the certificate is good on its last day and not on the next', async () => {
  await world.until('2026-11-18T23:59:00+08:00');
  const last = await opened();
  await world.does(certified, claimTicket, { id: last });
  await world.until('2026-11-19T00:00:01+08:00');
  const next = await opened();
  await assert.rejects(world.does(certified, claimTicket, { id: next }), { code: 'ASSIGNEE_UNCERTIFIED' });
  assert.deepEqual(await candidates(next), []);
});

test('SD1-20 answering on such a ticket from the pool does not make one its engineer', async () => {
  const id = await opened();
  await world.does(supervisor, writeMessage, { id, visibility: 'public', body: '已收到，正在安排工程师' });
  const ticket = await ticketById(world.centre, supervisor, id);
  assert.deepEqual([ticket.assigneeId, ticket.status], [null, 'pooled']);
});

test('SD1-20 products without a certificate, and tickets without a product, are everybody’s', async () => {
  for (const product of ['tv', undefined]) {
    const id = await opened({ product });
    await world.does(expired, claimTicket, { id });
  }
  const id = await opened({ product: 'tv', assigneeId: expired.id });
  await assert.rejects(world.does(supervisor, changeTicket, { id, product: 'washer' }), {
    code: 'ASSIGNEE_UNCERTIFIED',
  });
  await assert.rejects(opened({ product: 'rocket' }), { code: 'PRODUCT_UNKNOWN' });
});

test('a product taken off the list stays on its tickets and is named by no new one; the list is narrowed by it', async () => {
  const id = await opened({ product: 'fridge' });
  const list = await setting(world.db, 'products');
  const items = list.items.map((item) => (item.key === 'fridge' ? { ...item, enabled: false } : item));
  await assert.rejects(
    world.does(admin, changeSetting, {
      key: 'products',
      value: { items: [...items, list.items[0]] },
      version: 0,
    }),
    { code: 'VALIDATION' },
    'a key stands once',
  );
  await world.does(admin, changeSetting, { key: 'products', value: { items }, version: 0 });
  await world.later({ seconds: 3 });
  await assert.rejects(opened({ product: 'fridge' }), { code: 'PRODUCT_UNKNOWN' });
  assert.equal((await ticketById(world.centre, supervisor, id)).product, 'fridge');
  const found = await listTickets(world.db, supervisor, { product: 'fridge' });
  assert.deepEqual(
    found.items.map((row) => [row.id, row.product]),
    [[id, 'fridge']],
  );
});
