import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { sql, unsafeText } from '#kernel/sql.ts';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import { createRole } from './commands/roles.ts';

let world: World;
before(async () => {
  world = await newWorld();
});
after(() => world.end());

test('customers are read whole or not at all: a role that would narrow them is refused (0027)', async () => {
  const admin = await world.person('admin');
  const role = (scope: 'all' | 'own' | 'group') => ({
    key: `front-${scope}`,
    name: '前台',
    nameEn: 'Front desk',
    grants: { 'customer.read': scope },
  });
  for (const scope of ['own', 'group'] as const)
    await assert.rejects(world.does(admin, createRole, role(scope)), { code: 'VALIDATION' });
  await world.does(admin, createRole, role('all'));
});

test('a role of before that narrowed customers says what it always meant, and nothing else of it changes', async () => {
  const grants = { 'customer.read': 'group', 'customer.reveal': 'own', 'ticket.read': 'group' };
  await world.db.run(
    sql`insert into role (key, name, name_en, preset, grants) values ('older', '旧角色', 'Older', false, ${JSON.stringify(grants)}::jsonb)`,
  );
  const migration = new URL('../../../migrations/0088-customers-whole.sql', import.meta.url);
  await world.db.run(sql`${unsafeText(await readFile(migration, 'utf8'))}`);
  const row = await world.db.one(sql<{ grants: object }>`select grants from role where key = 'older'`);
  assert.deepEqual(row.grants, { 'customer.read': 'all', 'customer.reveal': 'all', 'ticket.read': 'group' });
});
