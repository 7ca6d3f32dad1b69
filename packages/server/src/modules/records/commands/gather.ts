import { Id, Type, obj, opt, text } from '#contracts/schema.ts';
import { command } from '#kernel/command.ts';
import { sql } from '#kernel/sql.ts';
import { Problem, notFound } from '#kernel/problem.ts';
import { mayRead as mayReadTicket, writeMessage } from '#modules/tickets/index.ts';
import { demandKind } from '../kinds.ts';
import { audienceOf, lockRecord } from '../store.ts';

/** Gathers tickets of one cause under a record, or takes one off again. */
export const gatherTickets = command({
  name: 'records.gather',
  permission: 'record.write',
  input: obj({
    kind: text(40, 1),
    id: Id,
    ticketIds: Type.Array(Id, { maxItems: 500 }),
    remove: opt(Type.Boolean()),
  }),
  run: async ({ tx, now, actor, emit, centre }, { kind, id, ticketIds, remove }) => {
    const { gathers, name } = await demandKind(centre.db, kind);
    // What was gathered while it did may always be taken off.
    if (!gathers && !remove) throw new Problem('RECORD_GATHERS_NOT', { kind: name });
    const row = await lockRecord(tx, actor, kind, id);
    // Who gathers may speak to all of them at once: only those one may read.
    const known = await tx.all(
      sql<{
        id: string;
      }>`select t.id from ticket t where t.id = any(${ticketIds}::uuid[]) and ${mayReadTicket(actor)}`,
    );
    if (known.length < new Set(ticketIds).size) throw notFound();
    for (const ticketId of new Set(ticketIds)) {
      const changed = remove
        ? await tx.run(
            sql`delete from record_ticket where record_id = ${id}::uuid and ticket_id = ${ticketId}::uuid`,
          )
        : await tx.run(
            sql`insert into record_ticket (record_id, ticket_id, at) values (${id}::uuid, ${ticketId}::uuid, ${new Date(now)}) on conflict do nothing`,
          );
      if (changed > 0)
        emit(
          'record.gathered',
          'record',
          id,
          { kind, ticketId, ...(remove ? { removed: true } : {}) },
          audienceOf(row),
        );
    }
    return id;
  },
});

const over = ['closed', 'archived', 'cancelled'];

/** One public message to every gathered ticket that is still open. The same words again reach nobody twice. */
export const broadcast = command({
  name: 'records.broadcast',
  permission: 'record.write',
  input: obj({ kind: text(40, 1), id: Id, body: text(8000, 1) }),
  run: async (context, { kind, id, body }) => {
    const { tx, actor, audit, centre } = context;
    await demandKind(centre.db, kind);
    await lockRecord(tx, actor, kind, id);
    const tickets = await tx.all(
      sql<{
        id: string;
        status: string;
      }>`select t.id, t.status from record_ticket rt join ticket t on t.id = rt.ticket_id where rt.record_id = ${id}::uuid order by rt.at, t.id`,
    );
    const open = tickets.filter(({ status }) => !over.includes(status));
    let sent = 0;
    for (const ticket of open) {
      // Who may work on the problem speaks to its tickets, whoever works on those.
      const posted = await context.send(
        writeMessage,
        {
          id: ticket.id,
          visibility: 'public',
          body,
          clientId: `broadcast-${id}-${digestOf(body)}`,
          progress: true,
        },
        { ...actor, grants: { ...actor.grants, 'ticket.work': 'all', 'ticket.read': 'all' } },
      );
      if (!posted.duplicate) sent += 1;
    }
    audit('record', id, { sent });
    return { sent, skipped: tickets.length - sent };
  },
});

/** A short name for the words, so that a second press sends nothing. */
const digestOf = (words: string): string => {
  let hash = 5381;
  for (const letter of words) hash = (Math.imul(hash, 33) ^ letter.codePointAt(0)!) >>> 0;
  return `${hash.toString(36)}-${words.length}`;
};
