/** 客户信息登记表 of a day: what the paper form asks of every ticket taken on it. */
import type { Actor } from '#kernel/actor.ts';
import { sql } from '#kernel/sql.ts';
import type { Tx } from '#kernel/sql.ts';
import { mayRead } from '../store.ts';

export type Registration = {
  number: string;
  name: string;
  kind: string;
  phone: string | null;
  company: string | null;
  category: string;
  description: string;
  urgency: string;
  expectedAt: number | null;
  takenBy: string | null;
  takenAt: number;
};

const dayMs = 86_400_000;
/** Tickets of the day (`2026-11-26` in UTC+8) that the reader may see, the first taken first; at most `limit`. */
export const registrationsOf = (
  tx: Tx,
  actor: Actor,
  day: string,
  limit: number,
): Promise<Registration[]> => {
  const from = Date.parse(`${day}T00:00:00+08:00`);
  return tx.all(sql<Registration>`
    select t.number, coalesce(c.contact_name, c.name) as name, c.kind, p.value as phone, c.company, t.category, t.description, t.urgency, t.expected_at as "expectedAt", u.name as "takenBy", t.created_at as "takenAt"
    from ticket t
      join customer c on c.id = t.customer_id
      left join lateral (select i.value from customer_identity i where i.customer_id = c.id and i.kind = 'phone' order by i.preferred desc, i.created_at, i.id limit 1) p on true
      left join app_user u on u.id = t.accountable_id
    where ${mayRead(actor)} and t.created_at >= ${new Date(from)} and t.created_at < ${new Date(from + dayMs)}
    order by t.created_at, t.id limit ${limit}`);
};
