import type { CandidateView } from '#contracts/routes/tickets.ts';
import type { Actor } from '#kernel/actor.ts';
import { notFound } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import type { Tx } from '#kernel/sql.ts';
import { holdsCertificate } from '#modules/certifications/index.ts';
import { mayRead } from '../store.ts';
import type { TicketRow } from '../store.ts';

/**
 * Whom a ticket may be given to: people at work in a group, never the accused, and for a product that asks for it only
 * holders of a certificate that is good today (SD1-20, SD1-21). Who carries least stands first.
 */
export const candidatesFor = async (
  tx: Tx,
  actor: Actor,
  id: string,
  now: number,
): Promise<{ items: CandidateView[] }> => {
  const row = await tx.maybe(
    sql<
      Pick<TicketRow, 'group_id' | 'accused_id' | 'needs_certificate' | 'product'>
    >`select t.group_id, t.accused_id, t.needs_certificate, t.product from ticket t where t.id = ${id}::uuid and ${mayRead(actor)}`,
  );
  if (!row) throw notFound();
  const items = await tx.all(sql<CandidateView>`
    select u.id, u.name, u.staff_no as "staffNo", array_agg(m.group_id) as "groupIds", bool_or(m.group_id = ${row.group_id}::uuid) as "ofGroup",
      (select count(*)::int from ticket o where o.assignee_id = u.id and o.status not in ('resolved', 'pending_confirmation', 'closed', 'archived', 'cancelled')) as "openTickets"
    from app_user u join group_member m on m.user_id = u.id
    where u.status = 'active' and u.id is distinct from ${row.accused_id}::uuid and (not ${row.needs_certificate}::boolean or ${holdsCertificate(sql`u.id`, sql`${row.product}`, now)})
    group by u.id order by 5 desc nulls last, 6, u.staff_no limit 200`);
  return { items: items.map((item) => ({ ...item, ofGroup: item.ofGroup ?? false })) };
};
