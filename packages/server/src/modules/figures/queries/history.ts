import type { ResponseOf } from '#contracts/route.ts';
import type { getServiceHistory } from '#contracts/routes/figures.ts';
import type { Actor } from '#kernel/actor.ts';
import { sql } from '#kernel/sql.ts';
import type { Tx } from '#kernel/sql.ts';
import { mayReach, notAccused } from '#modules/records/index.ts';
import { mayRead } from '#modules/tickets/index.ts';
import { rating } from './figures.ts';

type History = ResponseOf<typeof getServiceHistory>;

/** SD4-06: what a customer asked or complained of, how it ended, how they rated it, what they bought. */
export const serviceHistory = async (tx: Tx, actor: Actor, customerId: string): Promise<History> => {
  const [tickets, purchases] = await Promise.all([
    tx.all(
      sql<
        Omit<History['tickets'][number], 'createdAt'> & { createdAt: number }
      >`select t.id, t.number, t.subject, t.category, t.is_complaint as "isComplaint", t.status, t.resolution ->> 'solution' as result, ${rating} as csat, t.created_at as "createdAt" from ticket t where t.customer_id = ${customerId}::uuid and t.merged_into is null and ${mayRead(actor)} order by t.created_at desc, t.id desc limit 30`,
    ),
    tx.all(
      sql<
        History['purchases'][number]
      >`select r.id, r.number, coalesce(r.data ->> 'items', r.title) as items, (r.data ->> 'amount')::double precision as amount, r.day::text as day from record r where r.customer_id = ${customerId}::uuid and r.kind = 'order' and r.state is distinct from 'cancelled' and ${mayReach(actor, 'record.read')} and ${notAccused(actor)} order by r.day desc, r.id desc limit 30`,
    ),
  ]);
  return {
    tickets: tickets.map((row) => ({ ...row, createdAt: new Date(row.createdAt).toISOString() })),
    purchases,
  };
};
