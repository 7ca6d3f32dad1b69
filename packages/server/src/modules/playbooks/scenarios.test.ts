/** The four scenarios of a new centre, and forms that grow without code. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { sql } from '#kernel/sql.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Pack } from '#contracts/pack.ts';
import { createRecord, listRecords, recordById, summarise } from '#modules/records/index.ts';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import { clonePlaybook, draftPlaybook, listPlaybooks, publishPlaybook, switchPlaybook } from './index.ts';

let world: World;
let manager: Actor;
before(async () => {
  world = await newWorld({ at: '2026-03-05T09:00:00+08:00' });
  manager = await world.person('manager');
});
after(() => world.end());

const packOf = async (key: string): Promise<Pack> =>
  (
    await world.db.one(
      sql<{
        pack: Pack;
      }>`select pack from playbook_version where key = ${key} and state = 'published' order by version desc limit 1`,
    )
  ).pack;

test('SD0-01 a new centre has the four scenarios published; one cloned for 教育 leaves the original as it was', async () => {
  const four = ['presales', 'order', 'after_sales', 'complaint'];
  const before = (await listPlaybooks(world.centre, manager)).filter(({ key }) => four.includes(key));
  assert.deepEqual(
    before.map(({ key, enabled, version }) => [key, enabled, version]).toSorted(),
    four.map((key) => [key, true, 1]).toSorted(),
  );
  const original = await packOf('presales');
  await world.does(manager, clonePlaybook, {
    from: 'presales',
    key: 'presales_education',
    name: { zh: '教育咨询引导', en: 'Guiding an enquiry on courses' },
    industry: '教育',
  });
  const clone = (await listPlaybooks(world.centre, manager, 'presales_education'))[0]!;
  assert.deepEqual([clone.industry, clone.clonedFrom], ['教育', 'presales']);
  const draft = (
    await world.db.one(
      sql<{ pack: Pack }>`select pack from playbook_version where key = 'presales_education'`,
    )
  ).pack;
  await world.does(manager, draftPlaybook, {
    key: 'presales_education',
    pack: { ...draft, goal: { zh: '帮学员选对课程', en: 'Help learners choose the right course' } },
  });
  await world.does(manager, publishPlaybook, { key: 'presales_education', note: '改为课程咨询' });
  assert.deepEqual(await packOf('presales'), original);
  assert.equal((await packOf('presales_education')).goal.zh, '帮学员选对课程');
});

test('a clone with forms of its own starts on those, not on the records of the original', async () => {
  await world.does(manager, clonePlaybook, {
    from: 'order',
    key: 'order_school',
    name: { zh: '教材订单', en: 'Orders of books' },
    industry: '教育',
  });
  const { pack } = await world.db.one(
    sql<{ pack: Pack }>`select pack from playbook_version where key = 'order_school'`,
  );
  assert.deepEqual(
    pack.startsWhen!.map(({ if: when }) => (when as Record<string, unknown>)['record.kind']),
    ['order_school_order', 'order_school_order'],
  );
  assert.ok(pack.steps.some(({ kind }) => kind === 'record'));
});

test('SD4-28 a field added to a form is in the form, the record, the filter, the report and the file as soon as it is published', async () => {
  await world.does(manager, switchPlaybook, { key: 'feedback', enabled: true });
  const pack = await packOf('feedback');
  const records = pack.records.map((kind) =>
    kind.key === 'feedback'
      ? {
          ...kind,
          fields: [...kind.fields, { key: 'region', zh: '客户地区', en: 'Region', type: 'text' as const }],
        }
      : kind,
  );
  await world.does(manager, draftPlaybook, { key: 'feedback', pack: { ...pack, records } });
  await world.does(manager, publishPlaybook, { key: 'feedback', note: '增加客户地区' });
  const { id } = await world.does(manager, createRecord, {
    kind: 'feedback',
    data: { words: '希望有分店', region: '成都', department: 'product_dept' },
  });
  assert.equal((await recordById(world.centre, manager, 'feedback', id)).data.region, '成都');
  const report = await summarise(world.centre, manager, 'feedback', { by: 'region' });
  assert.deepEqual(
    report.items.map(({ value, count }) => [value, count]),
    [['成都', 1]],
  );
  const filtered = async (region: string) =>
    (await listRecords(world.centre, manager, 'feedback', { where: `region:${region}` })).items.map(
      (one) => one.id,
    );
  assert.deepEqual([await filtered('成都'), await filtered('上海')], [[id], []], 'the list filters by it');
  const { base } = await world.listen();
  const csv = await (
    await fetch(`${base}/api/v1/records/feedback/export?format=csv`, {
      headers: { authorization: `Bearer ${await world.token(manager)}` },
    })
  ).text();
  assert.match(csv, /客户地区/);
  assert.match(csv, /成都/);
});
