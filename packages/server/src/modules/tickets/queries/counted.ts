import type { TicketMark } from '#contracts/figures.ts';
import type { TicketStatus } from '#contracts/words.ts';
import { limitOf, sql } from '#kernel/sql.ts';
import type { SqlFragment, Tx } from '#kernel/sql.ts';
import { markSql } from '../marks.ts';

/** The marks of the list, and what every report asks for beside them. */
export type Counting = TicketMark | 'received' | 'open';
const marked = (mark: Counting): SqlFragment =>
  mark === 'received'
    ? sql`true`
    : mark === 'open'
      ? sql`t.status not in ('resolved', 'pending_confirmation', 'closed', 'archived', 'cancelled')`
      : markSql[mark];

/** Tickets received in a stretch of time (milliseconds), of one customer or of all. */
export type Stretch = { customerId: string | null; from: number; to: number };
const within = ({ customerId, from, to }: Stretch): SqlFragment =>
  sql`t.created_at >= ${new Date(from)} and t.created_at < ${new Date(to)} and (${customerId}::uuid is null or t.customer_id = ${customerId}::uuid) and t.merged_into is null and t.status <> 'cancelled'`;

/** Of the tickets with the mark `of`: how many there are, how many `hit`, and of those the mean hours and rating. */
export const sumTickets = (
  tx: Tx,
  { hit, of = 'received', ...stretch }: Stretch & { hit: Counting; of?: Counting },
): Promise<{ all: number; hit: number; hours: number | null; csat: number | null }> =>
  tx.one(sql`
    select count(*)::int as all, count(*) filter (where x.hit)::int as hit, avg(x.hours) filter (where x.hit) as hours, avg(x.csat) filter (where x.hit) as csat
    from (select ${marked(hit)} as hit, extract(epoch from t.resolved_at - t.created_at)::double precision / 3600 as hours, (select max(s.csat) from survey s where s.ticket_id = t.id and s.state <> 'cancelled')::double precision as csat
      from ticket t where ${within(stretch)} and ${marked(of)}) x`);

/** Those with a mark, the oldest first. */
export const markedTickets = (
  tx: Tx,
  { mark, limit, ...stretch }: Stretch & { mark: Counting; limit: number },
): Promise<{ number: string; subject: string; status: TicketStatus; solution: string | null }[]> =>
  tx.all(
    sql`select t.number, t.subject, t.status, t.resolution ->> 'solution' as solution from ticket t where ${within(stretch)} and ${marked(mark)} order by t.created_at, t.id ${limitOf(limit)}`,
  );
