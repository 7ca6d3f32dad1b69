import { obj, Id, text } from '#contracts/schema.ts';
import { command } from '#kernel/command.ts';
import { notFound, Problem } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import { customerById } from '../store.ts';

const input = obj({ id: Id, fromId: Id, reason: text(300, 1) });

/** Joins `fromId` into `id`: its ways to reach move over, marked with where they came from; its history is read through the pointer. */
export const mergeCustomer = command({
  name: 'customers.merge',
  permission: 'customer.merge',
  input,
  run: async ({ tx, now, emit, audit }, { id, fromId, reason }) => {
    // Locked in one order, so that two merges the other way round cannot wait for each other.
    await tx.all(sql`select id from customer where id = any(${[id, fromId]}::uuid[]) order by id for update`);
    const [into, from] = [await customerById(tx, id), await customerById(tx, fromId)];
    if (!into || !from) throw notFound();
    if (id === fromId)
      throw new Problem('CONFLICT', {
        reason: { zh: '不能与自己合并', en: 'A customer cannot be merged with itself' },
      });
    for (const one of [into, from])
      if (one.merged_into)
        throw new Problem('CUSTOMER_MERGED', { number: (await customerById(tx, one.merged_into))!.number });
    await tx.run(
      sql`update customer_identity i set customer_id = ${id}::uuid, from_customer_id = ${fromId}::uuid, preferred = false where customer_id = ${fromId}::uuid and not exists (select 1 from customer_identity o where o.customer_id = ${id}::uuid and o.kind = i.kind and o.value = i.value)`,
    );
    await tx.run(
      sql`update customer set merged_into = ${id}::uuid, updated_at = ${new Date(now)}, version = version + 1 where id = ${fromId}::uuid`,
    );
    await tx.run(
      sql`update customer set updated_at = ${new Date(now)}, version = version + 1 where id = ${id}::uuid`,
    );
    emit('customer.merged', 'customer', id, { fromId }, { customerId: id });
    audit('customer', id, { fromId, reason });
    return id;
  },
});

/** Gives back what the merge brought. */
export const unmergeCustomer = command({
  name: 'customers.unmerge',
  permission: 'customer.merge',
  input,
  run: async ({ tx, now, emit, audit }, { id, fromId, reason }) => {
    await tx.all(sql`select id from customer where id = any(${[id, fromId]}::uuid[]) order by id for update`);
    const from = await customerById(tx, fromId);
    if (!from) throw notFound();
    if (from.merged_into !== id)
      throw new Problem('CONFLICT', {
        reason: { zh: '这两个客户没有合并', en: 'These customers are not merged' },
      });
    await tx.run(
      sql`update customer_identity set customer_id = ${fromId}::uuid, from_customer_id = null where customer_id = ${id}::uuid and from_customer_id = ${fromId}::uuid`,
    );
    await tx.run(
      sql`update customer set merged_into = null, updated_at = ${new Date(now)}, version = version + 1 where id = ${fromId}::uuid`,
    );
    emit('customer.unmerged', 'customer', id, { fromId }, { customerId: id });
    audit('customer', id, { fromId, reason });
    return id;
  },
});
