/** Views that somebody sees, and what a view lists. */
import type { Condition } from '#contracts/conditions.ts';
import type { OwnTicketView } from '#contracts/routes/ticket-views.ts';
import { mostCounted } from '#contracts/routes/ticket-views.ts';
import type { Actor } from '#kernel/actor.ts';
import { may, userId } from '#kernel/actor.ts';
import { conditionSql } from '#kernel/condition-sql.ts';
import { notFound } from '#kernel/problem.ts';
import { limitOf, sql } from '#kernel/sql.ts';
import type { SqlFragment, Tx } from '#kernel/sql.ts';
import { isOpen, mayRead } from '../store.ts';
import { viewColumns } from '../view-facts.ts';

export type ViewRow = {
  id: string;
  name: string;
  condition: Condition;
  among: OwnTicketView['among'];
  sort: OwnTicketView['sort'];
  share: OwnTicketView['share'];
  group_id: string | null;
  owner_id: string;
  version: number;
};

const ofOwnGroup = (actor: Actor): SqlFragment => sql`w.group_id = any(${actor.groupIds}::uuid[])`;
/** Views the actor sees, over `ticket_view w`; who may share tidies those of every group. A token sees those that all see. */
const maySee = (actor: Actor): SqlFragment =>
  sql`(w.share = 'all' or w.owner_id = ${userId(actor)}::uuid or (w.share = 'group' and ${may(actor, 'view.share') ? sql`true` : ofOwnGroup(actor)}))`;

export const lockView = async (tx: Tx, actor: Actor, id: string): Promise<ViewRow> => {
  const row = await tx.maybe(
    sql<ViewRow>`select w.* from ticket_view w where w.id = ${id}::uuid and ${maySee(actor)} for update`,
  );
  if (!row) throw notFound();
  return row;
};

type Named = ViewRow & { owner_name: string; seen: boolean };
const viewsWhere = async (tx: Tx, actor: Actor, where: SqlFragment): Promise<OwnTicketView[]> =>
  (
    await tx.all(
      sql<Named>`
        select w.*, u.name as owner_name, ${maySee(actor)} as seen from ticket_view w join app_user u on u.id = w.owner_id
        where ${where} order by w.share = 'me' desc, w.share = 'group' and w.owner_id is distinct from ${userId(actor)}::uuid and not ${ofOwnGroup(actor)}, w.name, w.id`,
    )
  ).map((row) => ({
    id: row.id,
    name: row.name,
    condition: row.condition,
    among: row.among,
    sort: row.sort,
    share: row.share,
    groupId: row.group_id,
    ownerId: row.owner_id,
    ownerName: row.owner_name,
    mayChange: row.seen && (row.owner_id === userId(actor) || may(actor, 'view.share')),
    version: row.version,
  }));
export const listViews = (tx: Tx, actor: Actor): Promise<OwnTicketView[]> =>
  viewsWhere(tx, actor, maySee(actor));
export const viewById = async (tx: Tx, actor: Actor, id: string): Promise<OwnTicketView> => {
  const [view] = await viewsWhere(tx, actor, sql`w.id = ${id}::uuid and ${maySee(actor)}`);
  if (!view) throw notFound();
  return view;
};
/** A view the actor has just kept: handed back to its owner, they may not see it any more. */
export const keptView = async (tx: Tx, actor: Actor, id: string): Promise<OwnTicketView> => {
  const [view] = await viewsWhere(tx, actor, sql`w.id = ${id}::uuid`);
  if (!view) throw notFound();
  return view;
};

type Asked = Pick<OwnTicketView, 'condition' | 'among'>;
/** The tickets of a view, over `ticket t`. */
export const viewSql = (actor: Actor, { condition, among }: Asked, now: number): SqlFragment =>
  sql`${among === 'open' ? isOpen : sql`true`} and ${conditionSql(condition, viewColumns(actor, now))}`;

/** How many it lists now; counting stops at `mostCounted`. */
export const countView = async (
  tx: Tx,
  actor: Actor,
  asked: Asked,
  now: number,
): Promise<{ count: number; more: boolean }> => {
  const { count } = await tx.one(
    sql<{
      count: number;
    }>`select count(*)::int as count from (select 1 from ticket t where ${mayRead(actor)} and ${viewSql(actor, asked, now)} ${limitOf(mostCounted + 1)}) found`,
  );
  return { count: Math.min(count, mostCounted), more: count > mostCounted };
};
