/** A centre without the example belongs to whoever sets it up. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from '#kernel/sql.ts';
import { changeSetting, setting } from '#modules/settings/index.ts';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import { leaveNameless } from './install.ts';

let world: World;
before(async () => {
  world = await newWorld();
});
after(() => world.end());

test('an empty centre carries neither name nor address of the example; what somebody has said stays', async () => {
  await leaveNameless(world.centre);
  const centre = await setting(world.db, 'centre');
  assert.equal(centre.company, '本公司');
  assert.doesNotMatch(JSON.stringify(centre), /星河|Xinghe|400-800/);
  const channels = await world.db.all(
    sql<{
      key: string;
      address: string | null;
      enabled: boolean;
    }>`select key, address, enabled from channel order by key`,
  );
  assert.deepEqual(
    channels.filter(({ address }) => address !== null),
    [],
  );
  // A mailbox without an address can take nothing in; the other doors stand open.
  assert.deepEqual(
    channels.filter(({ enabled }) => !enabled).map(({ key }) => key),
    ['complaint-mail', 'mail'],
  );
  const admin = await world.person('admin');
  await world.does(admin, changeSetting, {
    key: 'centre',
    value: { ...centre, company: '明湖银行' },
    version: 1,
  });
  await leaveNameless(world.centre);
  assert.equal((await setting(world.db, 'centre')).company, '明湖银行');
});
