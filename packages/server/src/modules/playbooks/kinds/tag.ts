import { systemActor } from '#kernel/actor.ts';
import { sql } from '#kernel/sql.ts';
import { changeCustomer } from '#modules/customers/index.ts';
import type { Kind } from './kind.ts';

/** tag: puts a tag on the run's customer; one that is there stays as it is. */
export const tagging: Kind = async ({ context, run }, step) => {
  if (!run.customer_id) return { over: 'none' };
  const { tags } = await context.tx.one(sql<{ tags: string[] }>`select tags from customer where id = ${run.customer_id}::uuid for update`);
  if (tags.includes(step.tag!)) return { over: 'tagged' };
  await context.send(changeCustomer, { id: run.customer_id, change: { tags: [...tags, step.tag!] } }, systemActor('playbooks'));
  return { over: 'tagged' };
};
