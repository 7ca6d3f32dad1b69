import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { systemActor } from '#kernel/actor.ts';
import { sql } from '#kernel/sql.ts';
import { switchPlaybook } from '#modules/playbooks/index.ts';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import { post } from '#testing/door.ts';

let world: World;
let base = '';
before(async () => {
  world = await newWorld({ at: '2026-03-05T09:00:00+08:00' });
  base = `${(await world.listen()).base}/api/v1`;
  for (const key of ['courier', 'courier_desk', 'clinic'])
    await world.does(systemActor('test'), switchPlaybook, { key, enabled: true });
});
after(() => world.end());

const sent = (kind: string, body: object, key: string = crypto.randomUUID()) =>
  post(`${base}/portal/forms/${kind}`, { consent: true, ...body }, { 'idempotency-key': key });
const newest = () =>
  world.db.one(
    sql<{
      kind: string;
      number: string;
      data: Record<string, unknown>;
      customer: string;
      owner: string | null;
      ticketId: string | null;
    }>`select r.kind, r.number, r.data, c.name as customer, r.owner_id as owner, r.ticket_id as "ticketId" from record r join customer c on c.id = r.customer_id order by r.created_at desc, r.id desc limit 1`,
  );
const openSteps = async () =>
  (
    await world.db.all(
      sql<{
        step: string;
      }>`select step_key as step from task where state = 'open' and not system order by step_key`,
    )
  ).map(({ step }) => step);
const waybill = {
  senderName: '张伟',
  senderPhone: '13800001234',
  senderAddress: '世纪大道 1 号',
  receiverName: '李雷',
  receiverPhone: '13900005678',
  receiverAddress: '中关村大街 2 号',
  goods: '图书',
  pieces: 2,
  weight: 3.5,
  service: 'standard',
  payBy: 'sender',
  pickupAt: '2026-03-05T07:00:00Z',
};

test('SD3p-07 SD3p-02 a customer fills in a waybill on the portal: it has a number at once, comes from the web, is confirmed next to those taken by phone, and can be looked up', async () => {
  const { items } = (await (await fetch(`${base}/portal/forms`)).json()) as {
    items: { kind: string; asksWho: boolean; fields: { key: string; options?: { key: string }[] }[] }[];
  };
  assert.deepEqual(
    items.find(({ kind }) => kind === 'waybill')!.fields.map(({ key }) => key),
    [...Object.keys(waybill), 'note'],
  );
  const key = crypto.randomUUID();
  const { status, body } = await sent('waybill', { data: waybill }, key);
  assert.equal(status, 201, JSON.stringify(body));
  assert.deepEqual([body.number, body.lookUp], ['YD202603050001', true]);
  assert.equal((await sent('waybill', { data: waybill }, key)).body.number, 'YD202603050001', 'sent once');
  await world.centre.settle();
  const { number, data, customer, owner } = await newest();
  assert.deepEqual([number, data.source, customer, owner], ['YD202603050001', 'web', '张伟', null]);
  assert.deepEqual(await openSteps(), ['confirm']);
  const found = await post(`${base}/look-up`, { kind: 'waybill', number });
  assert.deepEqual((found.body.state as { zh: string }).zh, '待确认');
});

test('what is missing, what is not theirs to fill in and who does not agree is refused by name, and nothing is made', async () => {
  const before = await newest();
  const { goods: _, ...lacking } = waybill;
  const pointers = (body: Record<string, unknown>) =>
    (body.errors as { pointer: string }[]).map(({ pointer }) => pointer);
  const missing = await sent('waybill', { data: lacking });
  assert.deepEqual([missing.status, pointers(missing.body)], [422, ['/data/goods']]);
  const foreign = await sent('waybill', { data: { ...waybill, signedBy: '张伟' } });
  assert.deepEqual([foreign.body.code, pointers(foreign.body)], ['UNKNOWN_FIELD', ['/data/signedBy']]);
  assert.equal((await sent('waybill', { data: { ...waybill, source: 'phone' } })).body.code, 'UNKNOWN_FIELD');
  assert.equal((await sent('waybill', { data: waybill, consent: false })).body.code, 'CONSENT_REQUIRED');
  for (const wrong of ['senderPhone', 'receiverPhone']) {
    const refused = await sent('waybill', { data: { ...waybill, [wrong]: '1390' } });
    assert.deepEqual([refused.status, pointers(refused.body)], [422, [`/data/${wrong}`]]);
  }
  assert.equal((await sent('waybill_track', { data: {} })).body.code, 'RECORD_KIND_UNKNOWN');
  assert.equal((await newest()).number, before.number);
});

test('SD3p-10 complaints and suggestions have a form of their own on the portal, each becomes a ticket of its category', async () => {
  const type = async (asked: string, words: string) => {
    const { status, body } = await sent('courier_contact', {
      data: { type: asked, words },
      name: '王芳',
      phone: '13900002222',
    });
    assert.equal(status, 201, JSON.stringify(body));
    await world.centre.settle();
    const { ticketId, data } = await newest();
    assert.equal(data.channel, 'web');
    return world.db.one(
      sql<{
        category: string;
        complaint: boolean;
        customer: string;
      }>`select category, is_complaint as complaint, customer_name as customer from ticket where id = ${ticketId}::uuid`,
    );
  };
  assert.deepEqual(await type('complaint', '外包装破损'), {
    category: 'complaint_suggestion.complaint',
    complaint: true,
    customer: '王芳',
  });
  assert.equal((await type('suggestion', '希望支持夜间派送')).category, 'complaint_suggestion.suggestion');
  const order = await sent('courier_contact', {
    data: { type: 'order', words: '寄书' },
    name: '王芳',
    phone: '13900002222',
  });
  assert.equal(order.status, 422, 'a waybill has its own form');
  const nobody = await sent('courier_contact', { data: { type: 'consult', words: '几天到' } });
  assert.equal((nobody.body.errors as { pointer: string }[])[0]!.pointer, '/name');
});

test('SD3u-15 a booking made on the portal is with the store at once and must be acknowledged within a quarter of an hour', async () => {
  const head = await world.person('store_head' as never, { groups: ['store_west'] });
  const { status, body } = await sent('appointment', {
    data: {
      customerName: '周敏',
      phone: '13700003333',
      store: 'store_west',
      service: 'therapy',
      visitAt: '2026-03-07T06:00:00Z',
    },
  });
  assert.equal(status, 201, JSON.stringify(body));
  await world.centre.settle();
  const told = await world.db.all(
    sql<{ kind: string }>`select kind from notice where user_id = ${head.id}::uuid`,
  );
  assert.deepEqual(
    told.map(({ kind }) => kind),
    ['task_given'],
  );
  const { due } = await world.db.one(
    sql<{ due: number }>`select due_at as due from task where step_key = 'acknowledge' and state = 'open'`,
  );
  assert.equal(due, world.clock.now() + 15 * 60_000);
});

test('SD3u-18 a busy expert offers what is left of that day, or one books without an expert', async () => {
  const book = (visitAt: string, expert?: string) =>
    sent('appointment', {
      data: {
        customerName: '周敏',
        phone: '13700003333',
        store: 'store_west',
        service: 'consult',
        ...(expert ? { expert } : {}),
        visitAt,
      },
    });
  // 10 March 2026 is a Tuesday; 14:00 and 15:30 are taken.
  for (const at of ['2026-03-10T06:00:00Z', '2026-03-10T07:30:00Z'])
    assert.equal((await book(at, '王医生')).status, 201);
  const refused = await book('2026-03-10T06:30:00Z', '王医生');
  assert.equal(refused.status, 422);
  const said = (refused.body.errors as { pointer: string; message: string }[]).find(
    ({ pointer }) => pointer === '/data/visitAt',
  )!.message;
  assert.match(said, /一小时内已有预约.*当天还有：12:30、16:30、17:30/);
  assert.equal((await book('2026-03-10T08:30:00Z', '王医生')).status, 201, 'one of those');
  assert.equal((await book('2026-03-10T06:30:00Z')).status, 201, 'without an expert');
});
