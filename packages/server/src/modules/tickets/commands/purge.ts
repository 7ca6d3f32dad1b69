import { Id, obj } from '#contracts/schema.ts';
import { command } from '#kernel/command.ts';
import { Problem } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import { forgetThread } from '#modules/conversations/index.ts';
import { labels } from '#contracts/words.ts';
import { lockTicket } from '../store.ts';

/**
 * SD1-37: leaves a tombstone: number, class, priority, people of the centre and instants, so that figures and numbers
 * stay true; nobody's words, no name. The hash of the archive goes into the audit line. Whether its time has come
 * and nothing holds it is asked by `retention`, the only one who sends this.
 */
export const purgeTicket = command({
  name: 'tickets.purge',
  permission: 'retention.manage',
  input: obj({ id: Id }),
  run: async ({ tx, now, actor, emit, audit }, { id }) => {
    const row = await lockTicket(tx, actor, id, null);
    if (!['archived', 'cancelled'].includes(row.status))
      throw new Problem('TICKET_STATE', {
        status: labels.ticketStatus![row.status],
        action: { zh: '清除', en: 'purge it' },
      });
    await forgetThread(tx, id);
    const archive = await tx.maybe(
      sql<{ hash: string }>`delete from ticket_archive where ticket_id = ${id}::uuid returning hash`,
    );
    await tx.later(sql`delete from progress_pass where ticket_id = ${id}::uuid`);
    await tx.run(
      sql`update ticket set subject = '', description = '', customer_name = '', fields = '{}', accused_id = null, progress_note = null, hold_reason = null, priority_why = '', resolution = null, verification = null, close_note = null, confirmed_fields = '[]', merge_undo = null, affected_users = null, loss_amount = null, last_message = '', purged_at = ${new Date(now)}, version = version + 1 where id = ${id}::uuid`,
    );
    emit('ticket.purged', 'ticket', id, {}, { groupId: row.group_id });
    audit('ticket', id, {
      number: row.number,
      closedAt: row.closed_at === null ? null : new Date(row.closed_at).toISOString(),
      archive: archive?.hash ?? null,
    });
    return row.number;
  },
});
