import type { ConversationView } from '#contracts/routes/conversations.ts';
import type { Permission } from '#contracts/permissions.ts';
import type { Actor } from '#kernel/actor.ts';
import { scopeSql, userId } from '#kernel/actor.ts';
import { decodeCursor, likeText, toPage, rowsFor } from '#kernel/page.ts';
import type { Page } from '#kernel/page.ts';
import { notFound } from '#kernel/problem.ts';
import { limitOf, sql } from '#kernel/sql.ts';
import type { SqlFragment, Tx } from '#kernel/sql.ts';
import { conversationsWhere } from '../store.ts';

/** Talks within the actor's scope of a permission, over `conversation v`. */
export const reachTalks = (actor: Actor, permission: Permission): SqlFragment =>
  scopeSql(actor, permission, {
    owners: ['v.agent_id', 'v.offered_to'],
    group: 'v.group_id',
    channel: 'v.channel_id',
  });
export const mayRead = (actor: Actor): SqlFragment => reachTalks(actor, 'conversation.read');

export type ConversationFilter = {
  limit?: number;
  cursor?: string;
  view?: 'mine' | 'queue' | 'open' | 'closed' | 'missed' | 'all';
  state?: string;
  customerId?: string;
  agentId?: string;
  groupId?: string;
  q?: string;
};

/**
 * SD3a-01: contacts of any channel that nobody has answered: a message left, a mail or a missed call that came in, a
 * chat that gave up or waits beyond its target. Answered is a person's words there or on its ticket, or in a later
 * contact of the same customer.
 */
const missed = sql`(v.first_reply_at is null
  and (v.state in ('new', 'offline_message') or (v.state = 'closed' and v.close_reason in ('queue_abandoned', 'queue_timeout', 'no_agent', 'out_of_hours'))
    or (v.state in ('queued', 'offered') and exists (select 1 from deadline d where d.subject_id = v.id and d.kind = 'first_answer' and d.state = 'breached')))
  and not exists (select 1 from ticket_conversation tc join ticket t on t.id = tc.ticket_id where tc.conversation_id = v.id and (t.contacted_at is not null or t.status in ('closed', 'archived', 'cancelled')))
  and not exists (select 1 from conversation l where l.customer_id = v.customer_id and l.opened_at > v.opened_at and l.first_reply_at is not null)
  and not exists (select 1 from conversation l where l.visitor_id = v.visitor_id and l.opened_at > v.opened_at and l.first_reply_at is not null))`;

/** `mine` and `queue` are ordered by who waits longest, what is offered to oneself first; `missed` pages by channel, the oldest first, the others by opening time, newest first. */
export const listConversations = async (
  tx: Tx,
  actor: Actor,
  filter: ConversationFilter,
): Promise<Page<ConversationView> & { total: number | null }> => {
  const { limit = 50, cursor, view = 'all', state, customerId, agentId, groupId, q } = filter;
  const byChannel = view === 'missed';
  const byWait = view === 'mine' || view === 'queue';
  const after = decodeCursor(cursor, byWait ? 4 : byChannel ? 3 : 2);
  const me = userId(actor);
  const inView = {
    mine: sql`((v.agent_id = ${me}::uuid and v.state = 'active') or (v.offered_to = ${me}::uuid and v.state = 'offered'))`,
    queue: sql`v.state in ('queued', 'offered')`,
    open: sql`v.state in ('queued', 'offered', 'active')`,
    closed: sql`v.state in ('closed', 'offline_message')`,
    missed,
    all: sql`true`,
  }[view];
  // What is offered to oneself comes first; who does not wait comes last.
  const wait = sql`(not coalesce(v.state = 'offered' and v.offered_to = ${me}::uuid, false)), coalesce(v.waiting_since, v.queue_at, 'infinity'), v.opened_at, v.id`;
  const like = q ? `%${likeText(q)}%` : null;
  const listed = sql`${mayRead(actor)} and ${inView} and ${state ? sql`v.state = ${state}` : sql`true`} and ${customerId ? sql`v.customer_id = ${customerId}::uuid` : sql`true`} and ${agentId ? sql`v.agent_id = ${agentId}::uuid` : sql`true`}
    and ${groupId ? sql`v.group_id = ${groupId}::uuid` : sql`true`} and ${like ? sql`(v.customer_name ilike ${like} or v.subject ilike ${like})` : sql`true`}`;
  const rows = await conversationsWhere(
    tx,
    me,
    sql`
    ${listed}
    and ${
      !after
        ? sql`true`
        : byWait
          ? sql`(${wait}) > (${after[0] === 1}, ${after[1] === null ? sql`'infinity'::timestamptz` : sql`${new Date(Number(after[1]))}::timestamptz`}, ${new Date(Number(after[2]))}, ${String(after[3])}::uuid)`
          : byChannel
            ? sql`(v.channel_kind, v.opened_at, v.id) > (${String(after[0])}, ${new Date(Number(after[1]))}, ${String(after[2])}::uuid)`
            : sql`(v.opened_at, v.id) < (${new Date(Number(after[0]))}, ${String(after[1])}::uuid)`
    }
    ${byChannel ? sql`order by v.channel_kind, v.opened_at, v.id` : byWait ? sql`order by ${wait}` : sql`order by v.opened_at desc, v.id desc`} ${limitOf(rowsFor(limit))}`,
  );
  const page = toPage(rows, limit, (row) =>
    byWait
      ? [
          row.state === 'offered' && row.offered_to === me ? 0 : 1,
          row.waiting_since ?? row.queue_at,
          row.opened_at,
          row.id,
        ]
      : byChannel
        ? [row.view.channelKind, row.opened_at, row.id]
        : [row.opened_at, row.id],
  );
  const total =
    view === 'queue'
      ? (
          await tx.one(
            sql<{ count: number }>`select count(*)::int as count from conversation v where ${listed}`,
          )
        ).count
      : null;
  return { items: page.items.map((row) => row.view), nextCursor: page.nextCursor, total };
};

/** One conversation the actor may read; 404 otherwise. */
export const conversationById = async (tx: Tx, actor: Actor, id: string): Promise<ConversationView> => {
  const [row] = await conversationsWhere(tx, userId(actor), sql`v.id = ${id}::uuid and ${mayRead(actor)}`);
  if (!row) throw notFound();
  return row.view;
};
