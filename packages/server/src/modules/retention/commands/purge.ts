import { Id, obj, oneOf, text } from '#contracts/schema.ts';
import { recordTypes } from '#contracts/routes/retention.ts';
import { command } from '#kernel/command.ts';
import { Problem } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import type { Tx } from '#kernel/sql.ts';
import { purgeConversation } from '#modules/conversations/index.ts';
import { purgeCustomer } from '#modules/customers/index.ts';
import { purgeTicket } from '#modules/tickets/index.ts';
import type { RecordType } from '../rules.ts';
import { dueRecord, labelOf, lockRecord } from '../store.ts';
import { demandReason } from './hold.ts';

/** Refuses what must be kept, by name. */
export const demandDue = async (tx: Tx, now: number, type: RecordType, id: string): Promise<void> => {
  const record = await dueRecord(tx, now, type, id);
  if (!record) throw new Problem('RETENTION_NOT_DUE', { label: (await labelOf(tx, type, id)) ?? id });
  if (record.hold) throw new Problem('RETENTION_HELD', { label: record.label });
};

/** Purges one record, in a transaction and with an audit line of its own. It is asked again here, whoever asks. */
export const purgeRecord = command({
  name: 'retention.purge',
  permission: 'retention.manage',
  input: obj({ type: oneOf(recordTypes), id: Id, reason: text(300) }),
  run: async (context, { type, id, reason }) => {
    const { tx, now, audit } = context;
    demandReason(reason);
    await lockRecord(tx, id);
    await demandDue(tx, now, type, id);
    audit(type, id, { reason });
    if (type === 'customer') return context.send(purgeCustomer, { id });
    // The bytes are the mail channel's; it hears of it in this transaction.
    if (type === 'mail') return void context.emit('mail.purged', 'mail', id, {});
    if (type === 'conversation') return context.send(purgeConversation, { id });
    const talks = await tx.all(
      sql<{
        id: string;
      }>`select conversation_id as id from ticket_conversation where ticket_id = ${id}::uuid`,
    );
    await context.send(purgeTicket, { id });
    // What belonged to this ticket alone, and is itself old enough and not held, goes with it.
    for (const talk of talks) {
      await lockRecord(tx, talk.id);
      const due = await dueRecord(tx, now, 'conversation', talk.id);
      if (due && !due.hold) await context.send(purgeConversation, { id: talk.id });
    }
  },
});
