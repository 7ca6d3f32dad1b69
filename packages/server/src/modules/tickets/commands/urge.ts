import { obj, opt, Id, text } from '#contracts/schema.ts';
import { command } from '#kernel/command.ts';
import { Problem } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import { demand } from '../rules.ts';
import { audienceOf, lockTicket } from '../store.ts';

/** A customer may press once an hour; agents as often as customers call. */
const customerEveryMs = 3_600_000;

/** 催单: counted and told to who works on it. */
export const urgeTicket = command({
  name: 'tickets.urge',
  permission: null,
  input: obj({ id: Id, note: opt(text(1000)) }),
  run: async ({ tx, now, actor, emit }, { id }) => {
    const row = await lockTicket(tx, actor, id, null);
    demand('urge', row.status);
    const byCustomer = actor.kind === 'customer' || actor.kind === 'visitor';
    if (byCustomer && row.last_urged_at !== null && now - row.last_urged_at < customerEveryMs)
      throw new Problem('RATE_LIMITED', {
        seconds: Math.ceil((row.last_urged_at + customerEveryMs - now) / 1000),
      });
    await tx.run(
      sql`update ticket set urged_count = urged_count + 1, last_urged_at = ${new Date(now)}, updated_at = ${new Date(now)} where id = ${id}::uuid`,
    );
    emit(
      'ticket.urged',
      'ticket',
      id,
      { count: row.urged_count + 1, by: byCustomer ? 'customer' : 'agent' },
      audienceOf(row),
    );
    return id;
  },
});
