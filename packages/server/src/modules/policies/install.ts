import type { Centre } from '#kernel/centre.ts';
import { sql } from '#kernel/sql.ts';
import { policyPresets } from './presets.ts';
import { forgetPolicies, publish } from './store.ts';

/** Publishes the preset table when there is none; it is in force for everything that ever comes. */
export const installPolicies = async ({
  db,
  clock,
  ids,
}: Pick<Centre, 'db' | 'clock' | 'ids'>): Promise<void> => {
  await db.transaction(async (tx) => {
    await tx.run(sql`lock table policy_version in share row exclusive mode`);
    if (await tx.maybe(sql`select 1 from policy_version limit 1`)) return;
    const now = clock.now();
    const items = policyPresets.map((policy) => ({ ...policy, id: ids.id(now) }));
    await publish(tx, { items, effectiveFrom: 0, note: '初始版本', authorId: null, now });
  });
  forgetPolicies(db);
};
