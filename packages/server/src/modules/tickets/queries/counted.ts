import type { TicketMark } from '#contracts/figures.ts';
import type { TicketStatus } from '#contracts/words.ts';
import { sql } from '#kernel/sql.ts';
import type { Tx } from '#kernel/sql.ts';
import { markSql } from '../marks.ts';

/** Tickets of the stretch that still run. */
const open = sql`t.status not in ('resolved', 'pending_confirmation', 'closed', 'archived', 'cancelled')`;
export type Counted = {
  number: string;
  subject: string;
  status: TicketStatus;
  solution: string | null;
  csat: number | null;
  hours: number | null;
};

/** Tickets received in a stretch of time, of one customer or of all, that a figure counts: the same marks as the list's. */
export const countedTickets = (
  tx: Tx,
  {
    customerId,
    from,
    to,
    mark,
  }: { customerId: string | null; from: number; to: number; mark: TicketMark | 'received' | 'open' },
): Promise<Counted[]> =>
  tx.all(sql<Counted>`
    select t.number, t.subject, t.status, t.resolution ->> 'solution' as solution, extract(epoch from t.resolved_at - t.created_at)::double precision / 3600 as hours,
      (select max(s.csat) from survey s where s.ticket_id = t.id and s.state <> 'cancelled') as csat
    from ticket t where t.created_at >= ${new Date(from)} and t.created_at < ${new Date(to)} and (${customerId}::uuid is null or t.customer_id = ${customerId}::uuid) and t.merged_into is null and t.status <> 'cancelled'
      and ${mark === 'received' ? sql`true` : mark === 'open' ? open : markSql[mark]} order by t.created_at, t.id`);
