import type { Actor } from '#kernel/actor.ts';
import { may } from '#kernel/actor.ts';
import type { Centre } from '#kernel/centre.ts';
import { likeText } from '#kernel/page.ts';
import { sql } from '#kernel/sql.ts';
import { phoneTail } from '#modules/customers/index.ts';
import { kindOf } from '../kinds.ts';
import { mayReach, notAccused } from '../store.ts';

export type FoundRecord = {
  kind: string;
  id: string;
  number: string | null;
  title: string;
  customerName: string | null;
  kindName: { zh: string; en: string };
};

/**
 * Records of every kind in use by number, title, or the end of the customer's phone (four digits and more), the newest
 * first; only what the actor may read. The phone is asked of the customer's card, where an index holds it, and only
 * for who may read customers.
 */
export const findRecords = async (
  { db }: Centre,
  actor: Actor,
  q: string,
  limit: number,
): Promise<FoundRecord[]> => {
  const like = `%${likeText(q)}%`;
  const isPhone = /^[\d+\-\s]{4,}$/.test(q);
  const tail = isPhone && may(actor, 'customer.read') ? phoneTail(q) : undefined;
  const reversed = tail && [...tail].toReversed().join('');
  const rows = await db.all(
    sql<Omit<FoundRecord, 'kindName'>>`
      select r.kind, r.id, r.number, r.title, c.name as "customerName" from record r join record_kind k on k.key = r.kind and k.enabled left join customer c on c.id = r.customer_id
      where ${mayReach(actor, 'record.read')} and ${notAccused(actor)}
        and (r.title ilike ${like} or r.number ilike ${like} or ${reversed ? sql`r.customer_id in (select i.customer_id from customer_identity i where i.kind = 'phone' and reverse(i.value) like ${`${reversed}%`})` : sql`false`})
      order by r.created_at desc, r.id desc limit ${limit}`,
  );
  return Promise.all(
    rows.map(async (row) => ({
      ...row,
      kindName: (await kindOf(db, row.kind))?.name ?? { zh: row.kind, en: row.kind },
    })),
  );
};
