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
import { sql, unsafeText } from '#kernel/sql.ts';
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
  task_due_at: number | null;
  task_title: TicketRowView['taskTitle'];
  task_state: TicketRowView['taskState'];
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
/** Rows the actor may read. Complaints are hidden from the accused. */
export const mayRead = (actor: Actor): SqlFragment =>
  sql`(${scopeSql(actor, 'ticket.read', ownership)} and (t.accused_id is null or t.accused_id is distinct from ${userId(actor)}::uuid))`;

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

const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
type Joined = TicketRow & {
  accountable_name: string | null;
  assignee_name: string | null;
  group_name: string | null;
  seen: number | null;
};
const joins = (me: string | null) =>
  sql`left join app_user acc on acc.id = t.accountable_id left join app_user ass on ass.id = t.assignee_id left join skill_group g on g.id = t.group_id left join read_mark r on r.thread_id = t.id and r.user_id = ${me}::uuid`;

export const ticketsWhere = (tx: Tx, actor: Actor, where: SqlFragment): Promise<Joined[]> =>
  tx.all(sql<Joined>`
  select t.*, acc.name as accountable_name, ass.name as assignee_name, g.name as group_name, r.seq as seen from ticket t ${joins(userId(actor))} where ${where}`);

const listed = unsafeText(
  't.id, t.number, t.status, t.priority, t.category, t.subject, t.channel, t.customer_id, t.customer_name, t.customer_level, t.accountable_id, t.assignee_id, t.group_id, t.expected_at, t.escalation_level, t.urged_count, t.reopened_count, t.is_complaint, t.is_emergency, t.progress_note, t.eta_at, t.next_due_at, t.next_due_kind, t.next_due_state, t.task_due_at, t.task_title, t.task_state, t.last_message, t.last_message_at, t.last_seq, t.created_at, t.updated_at, t.resolved_at',
);
/** The columns of a list only: descriptions and solutions stay on disk. */
export const listTicketsWhere = (tx: Tx, actor: Actor, where: SqlFragment): Promise<Joined[]> =>
  tx.all(sql<Joined>`
  select ${listed}, acc.name as accountable_name, ass.name as assignee_name, g.name as group_name, r.seq as seen from ticket t ${joins(userId(actor))} where ${where}`);

export const toRowView = (row: Joined): TicketRowView => ({
  id: row.id,
  number: row.number,
  status: row.status,
  priority: row.priority,
  category: row.category,
  subject: row.subject,
  channel: row.channel,
  customerId: row.customer_id,
  customerName: row.customer_name,
  customerLevel: row.customer_level,
  accountableId: row.accountable_id,
  accountableName: row.accountable_name,
  assigneeId: row.assignee_id,
  assigneeName: row.assignee_name,
  groupId: row.group_id,
  groupName: row.group_name,
  createdAt: iso(row.created_at)!,
  updatedAt: iso(row.updated_at)!,
  expectedAt: iso(row.expected_at),
  nextDueAt: iso(row.next_due_at),
  nextDueKind: row.next_due_kind,
  nextDueState: row.next_due_state,
  taskDueAt: iso(row.task_due_at),
  taskTitle: row.task_title,
  taskState: row.task_state,
  lastMessage: row.last_message,
  lastMessageAt: iso(row.last_message_at),
  unread: row.last_seq > (row.seen ?? 0),
  escalationLevel: row.escalation_level,
  urgedCount: row.urged_count,
  reopenedCount: row.reopened_count,
  isComplaint: row.is_complaint,
  isEmergency: row.is_emergency,
  progressNote: row.progress_note,
  etaAt: iso(row.eta_at),
  resolvedAt: iso(row.resolved_at),
});

export type { Joined as JoinedTicket };
