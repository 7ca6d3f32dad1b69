/** SQL on ticket rows: locking, scope, the views of screens. */
import type { TicketRowView, TicketView } from '#contracts/routes/tickets.ts';
import type {
  ChannelKind,
  CustomerLevel,
  DeadlineKind,
  Impact,
  Priority,
  TicketStatus,
  Urgency,
} from '#contracts/words.ts';
import { inScope, scopeSql, userId } from '#kernel/actor.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Audience } from '#kernel/command.ts';
import { notFound, Problem } from '#kernel/problem.ts';
import type { Permission } from '#contracts/permissions.ts';
import { permissions } from '#contracts/permissions.ts';
import { forgetFacts } from './facts.ts';
import { iso, jsonRows } from '#kernel/json-rows.ts';
import type { Column } from '#kernel/json-rows.ts';
import { sql } from '#kernel/sql.ts';
import type { SqlFragment, Tx } from '#kernel/sql.ts';

export type TicketRow = {
  id: string;
  number: string;
  status: TicketStatus;
  priority: Priority;
  priority_why: string;
  urgency: Urgency;
  impact: Impact;
  affected_users: number | null;
  loss_amount: number | null;
  category: string;
  subject: string;
  description: string;
  channel: ChannelKind;
  channel_id: string | null;
  customer_id: string;
  customer_name: string;
  customer_level: CustomerLevel;
  accountable_id: string | null;
  assignee_id: string | null;
  group_id: string | null;
  accused_id: string | null;
  expected_at: number | null;
  product: string | null;
  /** The product asked for a certificate when it was named. */ needs_certificate: boolean;
  fields: Record<string, string | number | boolean | null>;
  is_complaint: boolean;
  is_emergency: boolean;
  escalation_level: number;
  urged_count: number;
  last_urged_at: number | null;
  reopened_count: number;
  bounced_count: number;
  progress_note: string | null;
  eta_at: number | null;
  hold_reason: string | null;
  hold_until: number | null;
  status_before: TicketStatus | null;
  started_at: number | null;
  contacted_at: number | null;
  resolution: { solution: string; steps: string; cautions: string } | null;
  first_contact: boolean | null;
  verification: {
    type: 'works_normally' | 'satisfied_with_plan' | 'answered';
    by: string;
    at: string;
  } | null;
  resolved_at: number | null;
  confirmed_at: number | null;
  confirmed_by: string | null;
  reminders: number;
  silent_since: number | null;
  first_reminder_at: number | null;
  last_reminder_at: number | null;
  closed_at: number | null;
  close_reason: TicketView['closeReason'];
  close_note: string | null;
  archived_at: number | null;
  confirmed_fields: { field: string; by: string; at: string }[];
  policy_version: number;
  merged_into: string | null;
  parent_id: string | null;
  next_due_at: number | null;
  next_due_kind: DeadlineKind | null;
  next_due_state: TicketRowView['nextDueState'];
  last_message: string;
  last_message_at: number | null;
  last_seq: number;
  created_at: number;
  updated_at: number;
  version: number;
};

const ownership = {
  owners: ['t.assignee_id', 't.accountable_id'],
  group: 't.group_id',
  channel: 't.channel_id',
} as const;
/** Tickets within the actor's scope of a permission, over `ticket t`. */
export const reachTickets = (actor: Actor, permission: Permission): SqlFragment =>
  scopeSql(actor, permission, ownership);
/** Not over yet, over `ticket t`; written out, so that the planner can prove the partial indexes. */
export const isOpen = sql`t.status not in ('closed', 'archived', 'cancelled')`;
/** Rows the actor may read, over `ticket t`. Complaints are hidden from the accused. */
export const mayRead = (actor: Actor): SqlFragment =>
  sql`(${reachTickets(actor, 'ticket.read')} and (t.accused_id is null or t.accused_id is distinct from ${userId(actor)}::uuid))`;

export const rowOwnership = (
  row: Pick<TicketRow, 'assignee_id' | 'accountable_id' | 'group_id' | 'channel_id'>,
) => ({ owners: [row.assignee_id, row.accountable_id], groupId: row.group_id, channelId: row.channel_id });
export const audienceOf = (
  row: Pick<TicketRow, 'assignee_id' | 'accountable_id' | 'group_id' | 'channel_id' | 'customer_id'>,
): Audience => ({
  groupId: row.group_id,
  userIds: [row.assignee_id, row.accountable_id],
  channelId: row.channel_id,
  customerId: row.customer_id,
});

/**
 * Locks a ticket for change. What the actor may not read is a 404; what they may read but not act on is a 403.
 */
export const lockTicket = async (
  tx: Tx,
  actor: Actor,
  id: string,
  permission: Permission | null,
): Promise<TicketRow> => {
  forgetFacts(tx, id);
  const row = await tx.maybe(sql<TicketRow>`select * from ticket where id = ${id}::uuid for update`);
  if (!row) throw notFound();
  if (actor.kind !== 'user' && actor.kind !== 'token') return row;
  if (row.accused_id === actor.id || !inScope(actor, 'ticket.read', rowOwnership(row))) throw notFound();
  if (permission && !inScope(actor, permission, rowOwnership(row)))
    throw new Problem('FORBIDDEN', { permission: permissions[permission] });
  return row;
};

/** What the list and the page name besides the ticket itself. */
const joins = (me: string | null) =>
  sql`left join app_user acc on acc.id = t.accountable_id left join app_user ass on ass.id = t.assignee_id left join skill_group g on g.id = t.group_id left join read_mark r on r.thread_id = t.id and r.user_id = ${me}::uuid`;
export const fromTickets = (actor: Actor, where: SqlFragment): SqlFragment =>
  sql`from ticket t ${joins(userId(actor))} where ${where}`;

const rowColumns: { [K in keyof TicketRowView]-?: Column } = {
  id: 't.id',
  number: 't.number',
  status: 't.status',
  priority: 't.priority',
  category: 't.category',
  product: 't.product',
  subject: 't.subject',
  channel: 't.channel',
  customerId: 't.customer_id',
  customerName: 't.customer_name',
  customerLevel: 't.customer_level',
  accountableId: 't.accountable_id',
  accountableName: 'acc.name',
  assigneeId: 't.assignee_id',
  assigneeName: 'ass.name',
  groupId: 't.group_id',
  groupName: 'g.name',
  createdAt: iso('t.created_at'),
  updatedAt: iso('t.updated_at'),
  expectedAt: iso('t.expected_at'),
  nextDueAt: iso('t.next_due_at'),
  nextDueKind: 't.next_due_kind',
  nextDueState: 't.next_due_state',
  taskDueAt: iso('t.task_due_at'),
  taskTitle: 't.task_title',
  taskState: 't.task_state',
  lastMessage: 't.last_message',
  lastMessageAt: iso('t.last_message_at'),
  unread: 't.last_seq > coalesce(r.seq, 0)',
  escalationLevel: 't.escalation_level',
  urgedCount: 't.urged_count',
  reopenedCount: 't.reopened_count',
  bouncedCount: 't.bounced_count',
  isComplaint: 't.is_complaint',
  isEmergency: 't.is_emergency',
  progressNote: 't.progress_note',
  etaAt: iso('t.eta_at'),
  resolvedAt: iso('t.resolved_at'),
};
/** The columns of a list only: descriptions and solutions stay on disk. */
export const ticketListRows = jsonRows<TicketRowView>(rowColumns);

/** The whole ticket as people see it, but for what other modules and the address of the portal add. */
export type TicketCore = Omit<TicketView, 'deadlines' | 'conversationIds' | 'links' | 'publicUrl'>;
export const ticketRows = jsonRows<TicketCore>({
  ...rowColumns,
  description: 't.description',
  urgency: 't.urgency',
  impact: 't.impact',
  affectedUsers: 't.affected_users',
  lossAmount: 't.loss_amount',
  priorityWhy: 't.priority_why',
  needsCertificate: 't.needs_certificate',
  fields: 't.fields',
  resolution: 't.resolution',
  verification: 't.verification',
  firstContact: 't.first_contact',
  confirmedAt: iso('t.confirmed_at'),
  closedAt: iso('t.closed_at'),
  closeReason: 't.close_reason',
  archivedAt: iso('t.archived_at'),
  holdReason: 't.hold_reason',
  policyVersion: 't.policy_version',
  confirmed: 't.confirmed_fields',
  mergedInto: 't.merged_into',
  version: 't.version',
});
