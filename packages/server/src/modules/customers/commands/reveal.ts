import { obj, Id, text } from '#contracts/schema.ts';
import { command } from '#kernel/command.ts';
import { notFound, Problem } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';

/** Reveals an hour per person; beyond it somebody copies the address book. */
const perHour = 30;

/** Shows one contact value for a stated reason; the audit line carries who, whose, which and why, never the value. */
export const revealIdentity = command({
  name: 'customers.reveal',
  permission: 'customer.reveal',
  input: obj({ id: Id, identityId: Id, reason: text(200) }),
  run: async ({ tx, now, actor, emit, audit }, { id, identityId, reason }) => {
    if (reason.trim().length < 4)
      throw new Problem('REVEAL_REASON_REQUIRED', {}, [
        { pointer: '/reason', code: 'TOO_SHORT', values: { limit: 4 } },
      ]);
    await tx.run(sql`select pg_advisory_xact_lock(hashtext(${`reveal:${actor.id}`}))`);
    const { count, oldest } = await tx.one(
      sql<{
        count: number;
        oldest: number | null;
      }>`select count(*)::int as count, min(at) as oldest from reveal where user_id = ${actor.id}::uuid and at > ${new Date(now - 3_600_000)}`,
    );
    if (count >= perHour)
      throw new Problem('RATE_LIMITED', {
        seconds: Math.max(1, Math.ceil(((oldest ?? now) + 3_600_000 - now) / 1000)),
      });
    const row = await tx.maybe(
      sql<{
        kind: string;
        value: string;
      }>`select kind, value from customer_identity where id = ${identityId}::uuid and customer_id = ${id}::uuid`,
    );
    if (!row) throw notFound();
    await tx.run(
      sql`insert into reveal (user_id, at, identity_id) values (${actor.id}::uuid, ${new Date(now)}, ${identityId}::uuid)`,
    );
    emit('customer.revealed', 'customer', id, { field: row.kind }, { customerId: id, userIds: [actor.id] });
    audit('customer', id, { field: row.kind, identityId, reason });
    return { value: row.value };
  },
});
