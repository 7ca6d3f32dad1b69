import type { TicketRowView } from '#contracts/routes/tickets.ts';
import type { TicketMark } from '#contracts/figures.ts';
import { ticketViews } from '#contracts/routes/tickets.ts';
import type { Actor } from '#kernel/actor.ts';
import { may, userId } from '#kernel/actor.ts';
import { decodeCursor, likeText, toPage, rowsFor } from '#kernel/page.ts';
import type { Page } from '#kernel/page.ts';
import { limitOf, sql } from '#kernel/sql.ts';
import type { SqlFragment, Tx } from '#kernel/sql.ts';
import { holdsCertificate } from '#modules/certifications/index.ts';
import { markSql } from '../marks.ts';
import { viewById, viewSql } from './views.ts';
import { fromTickets, isOpen, mayRead, reachTickets, ticketListRows } from '../store.ts';

export type TicketFilter = {
  limit?: number;
  cursor?: string;
  view?: (typeof ticketViews)[number];
  /** A view of one's own. */
  viewId?: string;
  status?: string;
  priority?: string;
  assigneeId?: string;
  accountableId?: string;
  customerId?: string;
  groupId?: string;
  category?: string;
  product?: string;
  channel?: string;
  kind?: string;
  from?: string;
  to?: string;
  mark?: TicketMark;
  q?: string;
  /** The instant of asking; the pool then offers only what the asker may take. A view of one's own needs it. */
  now?: number;
  /** Only these, parted by commas. */
  ids?: string;
  /** Only what the reader may take along. */
  exported?: true;
  sort?: 'updated' | 'created' | 'oldest' | 'due' | 'expected';
};

const far = new Date('9999-01-01T00:00:00Z');

const views = (me: string | null): Record<(typeof ticketViews)[number], SqlFragment> => ({
  mine: sql`t.assignee_id = ${me}::uuid and ${isOpen}`,
  pool: sql`${isOpen} and t.status = 'pooled'`,
  group: isOpen,
  open: isOpen,
  waiting: sql`${isOpen} and t.status in ('waiting_customer', 'waiting_internal', 'suspended')`,
  breached: sql`${isOpen} and t.next_due_state = 'breached' and t.next_due_at is not null`,
  complaints: sql`${isOpen} and t.is_complaint`,
  resolved: sql`${isOpen} and t.status in ('resolved', 'pending_confirmation')`,
  closed: sql`t.status in ('closed', 'cancelled')`,
  archived: sql`t.status = 'archived'`,
  all: sql`true`,
});

/**
 * The page of a group by its index, of several each by its own. `group_id = any(…)` is no order: PostgreSQL walks all open
 * tickets until it has met enough of these groups (7.2 ms where 30,000 of others lay before them).
 */
const ofGroups = (groups: readonly string[], where: SqlFragment, cut: SqlFragment): SqlFragment =>
  groups.length === 1
    ? sql`t.group_id = ${groups[0]}::uuid and ${where}`
    : sql`t.id in (select t.id from unnest(${groups}::uuid[]) mine (id) cross join lateral (select t.* from ticket t where t.group_id = mine.id and ${where} ${cut}) t ${cut})`;

/** Sort keys are listed; 尽快 (no expected time) stands after dated ones (SD1-44), tickets without a clock after those with one. */
const orders: Record<
  NonNullable<TicketFilter['sort']>,
  {
    by: SqlFragment;
    after: (value: number, id: string) => SqlFragment;
    /** Instant the page is cut at; null stands last. */
    value: (row: TicketRowView) => string | null;
    where: SqlFragment;
  }
> = {
  updated: {
    by: sql`t.updated_at desc, t.id desc`,
    after: (v, id) => sql`(t.updated_at, t.id) < (${new Date(v)}, ${id}::uuid)`,
    value: (row) => row.updatedAt,
    where: sql`true`,
  },
  created: {
    by: sql`t.created_at desc, t.id desc`,
    after: (v, id) => sql`(t.created_at, t.id) < (${new Date(v)}, ${id}::uuid)`,
    value: (row) => row.createdAt,
    where: sql`true`,
  },
  oldest: {
    by: sql`t.created_at, t.id`,
    after: (v, id) => sql`(t.created_at, t.id) > (${new Date(v)}, ${id}::uuid)`,
    value: (row) => row.createdAt,
    where: sql`true`,
  },
  due: {
    by: sql`t.next_due_at, t.id`,
    after: (v, id) => sql`(t.next_due_at, t.id) > (${new Date(v)}, ${id}::uuid)`,
    value: (row) => row.nextDueAt,
    where: sql`t.next_due_at is not null`,
  },
  expected: {
    by: sql`coalesce(t.expected_at, ${far}), t.id`,
    after: (v, id) => sql`(coalesce(t.expected_at, ${far}), t.id) > (${new Date(v)}, ${id}::uuid)`,
    value: (row) => row.expectedAt,
    where: sql`true`,
  },
};

export const listTickets = async (
  tx: Tx,
  actor: Actor,
  filter: TicketFilter,
): Promise<Page<TicketRowView>> => {
  const { limit = 50, cursor, view = 'all', q, viewId } = filter;
  const own = viewId ? await viewById(tx, actor, viewId) : undefined;
  const order =
    orders[
      filter.sort ?? own?.sort ?? (view === 'breached' ? 'due' : view === 'all' ? 'created' : 'updated')
    ];
  const after = decodeCursor(cursor, 2);
  const like = q ? `%${likeText(q)}%` : null;
  const conditions: SqlFragment[] = [mayRead(actor), views(userId(actor))[view], order.where];
  if (view === 'pool' && filter.now !== undefined && !may(actor, 'ticket.assign'))
    conditions.push(
      sql`(not t.needs_certificate or ${holdsCertificate(sql`${userId(actor)}::uuid`, sql`t.product`, filter.now)})`,
    );
  if (own) conditions.push(viewSql(actor, own, filter.now!));
  if (filter.ids) conditions.push(sql`t.id = any(${filter.ids.split(',')}::uuid[])`);
  if (filter.exported) conditions.push(reachTickets(actor, 'record.export'));
  if (filter.status) conditions.push(sql`t.status = ${filter.status}`);
  if (filter.priority) conditions.push(sql`t.priority = ${filter.priority}`);
  if (filter.assigneeId) conditions.push(sql`t.assignee_id = ${filter.assigneeId}::uuid`);
  if (filter.accountableId) conditions.push(sql`t.accountable_id = ${filter.accountableId}::uuid`);
  if (filter.customerId) conditions.push(sql`t.customer_id = ${filter.customerId}::uuid`);
  if (filter.groupId) conditions.push(sql`t.group_id = ${filter.groupId}::uuid`);
  if (filter.channel) conditions.push(sql`t.channel = ${filter.channel}`);
  if (filter.product) conditions.push(sql`t.product = ${filter.product}`);
  if (filter.category)
    conditions.push(
      sql`(t.category = ${filter.category} or t.category like ${`${likeText(filter.category)}.%`})`,
    );
  if (filter.kind)
    conditions.push(
      sql`exists (select 1 from customer c where c.id = t.customer_id and c.kind = ${filter.kind})`,
    );
  if (filter.from) conditions.push(sql`t.created_at >= ${new Date(filter.from)}`);
  if (filter.to) conditions.push(sql`t.created_at < ${new Date(filter.to)}`);
  if (filter.mark) conditions.push(markSql[filter.mark]);
  if (like)
    conditions.push(
      sql`(t.number ilike ${like} or t.subject ilike ${like} or t.customer_name ilike ${like})`,
    );
  if (after) conditions.push(order.after(Number(after[0]), String(after[1])));
  const where = conditions.reduce((all, one) => sql`${all} and ${one}`);
  const cut = sql`order by ${order.by} ${limitOf(rowsFor(limit))}`;
  const page = view === 'group' ? ofGroups(actor.groupIds, where, cut) : where;
  const from = fromTickets(actor, sql`${page} ${cut}`);
  const { rows } = await tx.one(sql<{ rows: unknown }>`select ${ticketListRows.of(from)} as rows`);
  return toPage(ticketListRows.read(rows), limit, (row) => {
    const at = order.value(row);
    return [at === null ? far.getTime() : Date.parse(at), row.id];
  });
};
