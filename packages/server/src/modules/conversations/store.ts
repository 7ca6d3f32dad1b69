/** SQL on conversation and channel rows. */
import type { ConversationView } from '#contracts/routes/conversations.ts';
import type {
  ChannelKind,
  CloseReason,
  ConversationIntent,
  ConversationState,
  CustomerLevel,
} from '#contracts/words.ts';
import { inScope, userId } from '#kernel/actor.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Audience } from '#kernel/command.ts';
import { notFound } from '#kernel/problem.ts';
import { sql, unsafeText } from '#kernel/sql.ts';
import type { SqlFragment, Tx } from '#kernel/sql.ts';

export type ConversationRow = {
  id: string;
  state: ConversationState;
  channel_id: string;
  channel_kind: ChannelKind;
  customer_id: string | null;
  customer_name: string;
  customer_level: CustomerLevel | null;
  visitor_id: string | null;
  contact_known: boolean;
  subject: string;
  group_id: string | null;
  agent_id: string | null;
  opened_at: number;
  queued_at: number | null;
  queue_at: number | null;
  offered_to: string | null;
  offer_until: number | null;
  declined: string[];
  accepted_at: number | null;
  first_reply_at: number | null;
  waiting_since: number | null;
  closed_at: number | null;
  close_reason: CloseReason | null;
  page_url: string | null;
  summary: Record<string, unknown> | null;
  intent: ConversationIntent | null;
  upset_at: number | null;
  query_since: number | null;
  version: number;
};
export type ChannelRow = {
  id: string;
  kind: ChannelKind;
  key: string;
  name: string;
  name_en: string;
  brand: string;
  enabled: boolean;
  calendar_id: string | null;
  group_id: string | null;
  default_category: string | null;
  scope: string;
  address: string | null;
  settings: Record<string, unknown>;
  version: number;
};

export const channelById = (tx: Tx, id: string) =>
  tx.maybe(sql<ChannelRow>`select * from channel where id = ${id}::uuid`);
export const channelByKey = (tx: Tx, key: string) =>
  tx.maybe(sql<ChannelRow>`select * from channel where key = ${key}`);
export const allChannels = (tx: Tx) => tx.all(sql<ChannelRow>`select * from channel order by kind, key`);

/** Locks and reads one conversation; 404 when it is not there. */
export const lockConversation = async (tx: Tx, id: string): Promise<ConversationRow> => {
  const row = await tx.maybe(
    sql<ConversationRow>`select * from conversation where id = ${id}::uuid for update`,
  );
  if (!row) throw notFound();
  return row;
};

/** The same for somebody: a person reaches only what they may read, the centre itself any. */
export const lockReadable = async (tx: Tx, actor: Actor, id: string): Promise<ConversationRow> => {
  const row = await lockConversation(tx, id);
  const reach = {
    owners: [row.agent_id, row.offered_to],
    groupId: row.group_id,
    channelId: row.channel_id,
  };
  if (userId(actor) && !inScope(actor, 'conversation.read', reach)) throw notFound();
  return row;
};

export const audienceOf = (
  row: Pick<
    ConversationRow,
    'group_id' | 'agent_id' | 'offered_to' | 'channel_id' | 'customer_id' | 'visitor_id'
  >,
): Audience => ({
  groupId: row.group_id,
  userIds: [row.agent_id, row.offered_to],
  channelId: row.channel_id,
  customerId: row.customer_id,
  visitorId: row.visitor_id,
});

const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
type ListRow = ConversationRow & {
  channel_name: string;
  group_name: string | null;
  agent_name: string | null;
  ticket_ids: string[];
  last_seq: number;
  last_message: string;
  last_message_at: number | null;
  seen: number;
  answer_due: number | null;
  service_hint: string | null;
};
export const listColumns = unsafeText(
  `v.*, ch.name as channel_name, (select c.service_hint from customer c where c.id = v.customer_id) as service_hint, g.name as group_name, a.name as agent_name, h.last_seq, h.last_message, h.last_message_at, (select min(d.due_at) from deadline d where d.subject_id = v.id and d.kind = 'order_query' and d.state in ('running', 'breached')) as answer_due, coalesce((select array_agg(tc.ticket_id) from ticket_conversation tc where tc.conversation_id = v.id), '{}') as ticket_ids`,
);

/** Conversations as screens show them; `reader` decides what is unread. */
export const conversationsWhere = async (
  tx: Tx,
  reader: string | null,
  where: SqlFragment,
): Promise<(ListRow & { view: ConversationView })[]> => {
  const rows = await tx.all(sql<ListRow>`
    select ${listColumns}, coalesce(r.seq, 0) as seen from conversation v join channel ch on ch.id = v.channel_id join thread h on h.id = v.id left join skill_group g on g.id = v.group_id left join app_user a on a.id = v.agent_id
    left join read_mark r on r.thread_id = v.id and r.user_id = ${reader}::uuid where ${where}`);
  return rows.map((row) => ({ ...row, view: toView(row) }));
};

const toView = (row: ListRow): ConversationView => ({
  id: row.id,
  state: row.state,
  channelId: row.channel_id,
  channelKind: row.channel_kind,
  channelName: row.channel_name,
  customerId: row.customer_id,
  customerName: row.customer_name,
  customerLevel: row.customer_level,
  contactKnown: row.contact_known,
  serviceHint: row.service_hint,
  subject: row.subject,
  groupId: row.group_id,
  groupName: row.group_name,
  agentId: row.agent_id,
  agentName: row.agent_name,
  ticketIds: row.ticket_ids,
  openedAt: iso(row.opened_at)!,
  queuedAt: iso(row.queued_at),
  offeredTo: row.offered_to,
  offerUntil: iso(row.offer_until),
  acceptedAt: iso(row.accepted_at),
  closedAt: iso(row.closed_at),
  closeReason: row.close_reason,
  waitingSince: iso(row.waiting_since),
  intent: row.intent,
  upsetAt: iso(row.upset_at),
  answerDueAt: iso(row.answer_due),
  lastMessageAt: iso(row.last_message_at),
  lastMessage: row.last_message,
  lastSeq: row.last_seq,
  unread: Math.max(0, row.last_seq - row.seen),
  pageUrl: row.page_url,
  summary: row.summary,
  version: row.version,
});
