import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import { systemActor } from '#kernel/actor.ts';
import { sql } from '#kernel/sql.ts';
import { createRecord, listRecords } from '#modules/records/index.ts';
import { switchPlaybook } from './index.ts';

let world: World;
before(async () => {
  world = await newWorld();
  await world.does(systemActor('test'), switchPlaybook, { key: 'clinic', enabled: true });
});
after(() => world.end());

test('SD3u-27 the seven roles of the stores are there, and a store sees its own bookings only', async () => {
  const names = (await world.db.all(sql<{ name: string }>`select name from role`)).map(({ name }) => name);
  for (const name of ['客服代表', '门店负责人', '健康管家', '调理师', '专家', '部门负责人', '市场营销部经理'])
    assert.ok(names.includes(name), name);
  const of = (role: string, ...groups: string[]) => world.person(role as never, { groups });
  const desk = await of('agent', 'consult');
  for (const store of ['store_east', 'store_west'])
    await world.does(desk, createRecord, {
      kind: 'appointment',
      data: {
        customerName: store,
        phone: '13800001234',
        store,
        service: 'therapy',
        visitAt: '2026-11-20T06:00:00.000Z',
      },
    } as never);
  const seen = async (role: string, ...groups: string[]) =>
    (await listRecords(world.centre, await of(role, ...groups), 'appointment', {})).items
      .map(({ data }) => data.store)
      .toSorted();
  for (const role of ['store_head', 'wellness', 'therapist', 'doctor']) {
    assert.deepEqual(await seen(role, 'store_east'), ['store_east'], role);
    assert.deepEqual(await seen(role, 'store_west'), ['store_west'], role);
  }
  assert.deepEqual(await seen('department_head'), ['store_east', 'store_west']);
  assert.deepEqual(await seen('marketing_manager'), ['store_east', 'store_west']);
});
