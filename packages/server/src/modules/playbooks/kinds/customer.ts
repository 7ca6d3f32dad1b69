import { systemActor } from '#kernel/actor.ts';
import { changeCustomer } from '#modules/customers/index.ts';
import { sql } from '#kernel/sql.ts';
import type { Tx } from '#kernel/sql.ts';
import { valueIn } from './kind.ts';
import type { Kind } from './kind.ts';

/** What of a customer a process may fill; anything else named in `set` is a field of the centre's own. */
const known = ['class', 'level', 'preferredChannel', 'remark'];

const withTag = async (tx: Tx, customerId: string, tag: string): Promise<string[]> => {
  const { tags } = await tx.one(
    sql<{ tags: string[] }>`select tags from customer where id = ${customerId}::uuid for update`,
  );
  return [...new Set([...tags, tag])];
};

/**
 * customer: fills facts of the run's customer, and marks them with a tag; a first deal makes a member (SD3r-15). Where
 * there is no customer nothing is done.
 */
export const changingCustomer: Kind = async (scene, step) => {
  const { context, run } = scene;
  if (!run.customer_id) return { over: 'none' };
  const values = await Promise.all(
    Object.entries(step.set ?? {}).map(
      async ([field, value]) => [field, await valueIn(scene, value)] as const,
    ),
  );
  const own = Object.fromEntries(values.filter(([field]) => !known.includes(field)));
  const tags = step.tag ? await withTag(context.tx, run.customer_id, step.tag) : undefined;
  const change = {
    ...(tags ? { tags } : {}),
    ...Object.fromEntries(values.filter(([field]) => known.includes(field))),
    ...(Object.keys(own).length > 0 ? { fields: own } : {}),
  };
  await context.send(
    changeCustomer,
    { id: run.customer_id, change: change as never },
    systemActor('playbooks'),
  );
  return { over: 'set' };
};
