/** Changes a setting in a test as an administrator would. */
import type { SettingKey, SettingValue } from '#contracts/routes/settings.ts';
import { systemActor } from '#kernel/actor.ts';
import { sql } from '#kernel/sql.ts';
import { changeSetting as change, setting } from '#modules/settings/index.ts';
import type { World } from '#testing/world.ts';

export const settingValue = <K extends SettingKey>(world: World, key: K): Promise<SettingValue<K>> =>
  setting(world.db, key);
export const changeSetting = async <K extends SettingKey>(
  world: World,
  key: K,
  value: SettingValue<K>,
): Promise<void> => {
  const row = await world.db.maybe(sql<{ version: number }>`select version from setting where key = ${key}`);
  await world.does(systemActor('test'), change, { key, value, version: row?.version ?? 0 });
};
