import type { Context } from '#kernel/command.ts';
import { sql } from '#kernel/sql.ts';
import { audienceOf } from '../store.ts';
import type { TicketRow } from '../store.ts';

type Escalated = Pick<
  TicketRow,
  'id' | 'customer_id' | 'assignee_id' | 'accountable_id' | 'group_id' | 'channel_id'
>;

/**
 * SD1-11: 投诉升级 stands beside the complaint it came from: the customer's open one, else the newest. A link by hand
 * (`link` with `original_complaint`) says otherwise. Without an earlier complaint there is nothing to link.
 */
export const linkOriginal = async (
  { tx, emit }: Context,
  escalated: Escalated,
  category: string,
): Promise<void> => {
  const original = await tx.maybe(
    sql<TicketRow>`select * from ticket where customer_id = ${escalated.customer_id}::uuid and id <> ${escalated.id}::uuid and is_complaint and category <> ${category} and status <> 'cancelled' order by (status not in ('closed', 'archived')) desc, created_at desc, id desc limit 1`,
  );
  if (!original) return;
  const fresh = await tx.run(
    sql`insert into ticket_link (ticket_id, other_id, relation) values (${escalated.id}::uuid, ${original.id}::uuid, 'original_complaint'), (${original.id}::uuid, ${escalated.id}::uuid, 'related') on conflict do nothing`,
  );
  if (fresh === 0) return;
  emit(
    'ticket.linked',
    'ticket',
    escalated.id,
    { otherId: original.id, relation: 'original_complaint' },
    audienceOf(escalated),
  );
  emit(
    'ticket.linked',
    'ticket',
    original.id,
    { otherId: escalated.id, relation: 'related' },
    audienceOf(original),
  );
};
