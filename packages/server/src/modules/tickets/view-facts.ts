/** What views ask of a ticket, as SQL over `ticket t`: each fact of the contract, for one reader at one instant. */
import { viewFacts } from '#contracts/view-facts.ts';
import type { ViewFactPath } from '#contracts/view-facts.ts';
import type { Actor } from '#kernel/actor.ts';
import { may, userId } from '#kernel/actor.ts';
import type { FactColumn } from '#kernel/condition-sql.ts';
import { sql } from '#kernel/sql.ts';
import type { SqlFragment } from '#kernel/sql.ts';

const ofCustomer = (column: SqlFragment) =>
  sql`(select ${column} from customer c where c.id = t.customer_id)`;
const hoursSince = (column: SqlFragment, now: number) =>
  sql`(extract(epoch from ${new Date(now)}::timestamptz - ${column}) / 3600)::double precision`;

const sqlOf = (actor: Actor, now: number): Record<ViewFactPath, SqlFragment> => {
  const me = sql`${userId(actor)}::uuid`;
  return {
    'ticket.priority': sql`t.priority`,
    'ticket.status': sql`t.status`,
    'ticket.category': sql`t.category`,
    'ticket.product': sql`t.product`,
    'ticket.channel': sql`t.channel`,
    'ticket.group': sql`(select g.key from skill_group g where g.id = t.group_id)`,
    'ticket.myGroup': sql`coalesce(t.group_id = any(${actor.groupIds}::uuid[]), false)`,
    'ticket.assignee': sql`t.assignee_id::text`,
    'ticket.mine': sql`coalesce(t.assignee_id = ${me}, false)`,
    'ticket.accountable': sql`t.accountable_id::text`,
    'ticket.clock': sql`case when t.next_due_at is not null then t.next_due_state end`,
    'ticket.dueInMinutes': sql`(extract(epoch from t.next_due_at - ${new Date(now)}::timestamptz) / 60)::double precision`,
    'ticket.stepLate': sql`coalesce(t.task_state = 'breached', false)`,
    'ticket.ageHours': hoursSince(sql`t.created_at`, now),
    'ticket.quietHours': hoursSince(sql`t.updated_at`, now),
    'ticket.complaint': sql`t.is_complaint`,
    'ticket.emergency': sql`t.is_emergency`,
    'ticket.escalation': sql`t.escalation_level::double precision`,
    'ticket.urged': sql`t.urged_count::double precision`,
    'ticket.reopened': sql`t.reopened_count::double precision`,
    'ticket.isPart': sql`(t.parent_id is not null)`,
    'ticket.resolved': sql`(t.resolved_at is not null)`,
    'ticket.urgency': sql`t.urgency`,
    'ticket.impact': sql`t.impact`,
    'ticket.affectedUsers': sql`t.affected_users::double precision`,
    'ticket.lossAmount': sql`t.loss_amount::double precision`,
    'ticket.subject': sql`t.subject`,
    'customer.name': ofCustomer(sql`c.name`),
    'customer.kind': ofCustomer(sql`c.kind`),
    'customer.level': ofCustomer(sql`c.level`),
    'customer.class': ofCustomer(sql`c.class`),
    'customer.tags': ofCustomer(sql`c.tags`),
  };
};

/** Who may not read customers cannot find out about them by asking: for them no condition on one holds. */
export const viewColumns = (actor: Actor, now: number): Record<string, FactColumn> =>
  Object.fromEntries(
    Object.entries(sqlOf(actor, now))
      .filter(([path]) => path.startsWith('ticket.') || may(actor, 'customer.read'))
      .map(([path, column]) => [path, { type: viewFacts[path as ViewFactPath].type, sql: column }]),
  );
