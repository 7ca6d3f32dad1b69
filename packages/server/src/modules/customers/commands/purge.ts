import { Id, obj } from '#contracts/schema.ts';
import { command } from '#kernel/command.ts';
import { forgetWords } from '#kernel/forget.ts';
import { notFound } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';

/**
 * SD1-37: the card becomes a tombstone, together with those merged into it: number, kind, level and instants stay for
 * the figures; names, remarks and every way to reach somebody go. Whether its time has come, whether something still
 * refers to it and whether it is held is asked by `retention`, the only one who sends this.
 */
export const purgeCustomer = command({
  name: 'customers.purge',
  permission: 'retention.manage',
  input: obj({ id: Id }),
  run: async ({ tx, now, emit, audit }, { id }) => {
    const cards = await tx.all(
      sql<{
        id: string;
        number: string;
      }>`select id, number from customer where (id = ${id}::uuid or merged_into = ${id}::uuid) and purged_at is null for update`,
    );
    const own = cards.find((card) => card.id === id);
    if (!own) throw notFound();
    const ids = cards.map((card) => card.id);
    await tx.later(sql`delete from customer_identity where customer_id = any(${ids}::uuid[])`);
    await tx.later(
      sql`update visitor_session set customer_id = null where customer_id = any(${ids}::uuid[])`,
    );
    await tx.run(
      sql`update customer set name = '（已清除）', contact_name = null, contact_title = null, company = '-', industry = null, class = null, tags = '{}', website = null, remark = null, service_hint = null, fields = '{}', purged_at = ${new Date(now)}, version = version + 1 where id = any(${ids}::uuid[])`,
    );
    await forgetWords(tx, ids);
    emit('customer.purged', 'customer', id, {});
    audit('customer', id, { numbers: cards.map(({ number }) => number) });
  },
});
