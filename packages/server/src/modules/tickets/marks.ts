import type { TicketMark } from '#contracts/figures.ts';
import { sql } from '#kernel/sql.ts';
import type { SqlFragment } from '#kernel/sql.ts';

const late = sql`exists (select 1 from deadline d where d.subject_id = t.id and d.breached_at is not null)`;
const kept = sql`(t.resolved_at is not null and not ${late} and exists (select 1 from deadline d where d.subject_id = t.id))`;
const valid = sql`(t.status <> 'cancelled' and t.merged_into is null)`;
const resolved = sql`(${valid} and (t.resolved_at is not null or t.reopened_count > 0))`;
const complaint = sql`(${valid} and t.is_complaint)`;
const rated = sql`(${valid} and exists (select 1 from survey s where s.ticket_id = t.id and s.state <> 'cancelled' and s.csat is not null))`;

/** What a mark means, once, for the figures and for the list: over `ticket t`. Cancelled and merged tickets count nowhere. */
export const markSql: Record<TicketMark, SqlFragment> = {
  resolved,
  solved: sql`(${valid} and t.resolved_at is not null)`,
  decided: sql`(${valid} and (${late} or ${kept}))`,
  kept: sql`(${valid} and ${kept})`,
  late: sql`(${valid} and ${late})`,
  reopened: sql`(${resolved} and t.reopened_count > 0)`,
  first_contact: sql`(${resolved} and t.first_contact and t.reopened_count = 0 and not exists (select 1 from ticket o where o.customer_id = t.customer_id and o.category = t.category and o.id <> t.id and o.status <> 'cancelled' and o.created_at > t.created_at and o.created_at <= t.created_at + interval '7 days'))`,
  rated,
  satisfied: sql`(${valid} and exists (select 1 from survey s where s.ticket_id = t.id and s.state <> 'cancelled' and s.csat >= 75))`,
  complaint,
  complaint_closed: sql`(${complaint} and t.closed_at is not null)`,
  complaint_again: sql`(${complaint} and exists (select 1 from ticket o where o.customer_id = t.customer_id and o.category = t.category and o.is_complaint and o.status <> 'cancelled' and o.id <> t.id and o.created_at < t.created_at and o.created_at >= t.created_at - interval '30 days'))`,
};
