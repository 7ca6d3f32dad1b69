import { sql } from '#kernel/sql.ts';
import type { Tx } from '#kernel/sql.ts';
import type { ContactFacts } from '../rules.ts';
import type { TicketRow } from '../store.ts';

/** How a ticket came to its solution, counted from what happened (SD1-19). */
export const contactFacts = async (
  tx: Tx,
  row: Pick<TicketRow, 'id' | 'escalation_level' | 'reopened_count'>,
): Promise<ContactFacts> => {
  const counted = await tx.one(sql<Omit<ContactFacts, 'escalationLevel' | 'reopenedCount'>>`
    with talks as (select v.id, v.channel_kind from ticket_conversation tc join conversation v on v.id = tc.conversation_id where tc.ticket_id = ${row.id}::uuid),
      happened as (select type, data from event where subject_id = ${row.id}::uuid and type in ('ticket.assigned', 'ticket.info_requested'))
    select (select count(*)::int from talks) as conversations,
      coalesce((select bool_and(channel_kind in ('webchat', 'phone', 'visit')) from talks), true) and not exists (select 1 from message where thread_id = ${row.id}::uuid and author_kind = 'customer') as talk,
      (select count(*)::int from message where author_kind = 'customer' and (thread_id = ${row.id}::uuid or thread_id in (select id from talks))) as letters,
      (select count(*)::int from happened where type = 'ticket.assigned' and data ->> 'from' is not null) as "handedOver",
      (select count(*)::int from happened where type = 'ticket.info_requested') as "askedBack"`);
  return { ...counted, escalationLevel: row.escalation_level, reopenedCount: row.reopened_count };
};
