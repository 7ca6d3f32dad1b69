/** Records that a step samples or sums up. */
import { factAt, holds } from '#contracts/conditions.ts';
import type { Among } from '#contracts/pack.ts';
import { sql } from '#kernel/sql.ts';
import { spanOf } from '../moments.ts';
import type { Scene } from './kind.ts';

export type Found = {
  id: string;
  kind: string;
  number: string | null;
  state: string | null;
  title: string;
  data: Record<string, unknown>;
  customerId: string | null;
  ticketId: string | null;
  ownerId: string | null;
  groupId: string | null;
};

/** In the order in which they were made, so that the same draw finds the same records. */
export const found = async (
  { context, facts }: Pick<Scene, 'context' | 'facts'>,
  among: Among,
): Promise<Found[]> => {
  const [from, to] = spanOf(among.over, context.now);
  const when = among.at ? sql`(r.data ->> ${among.at})::timestamptz` : sql`r.created_at`;
  const rows = await context.tx.all(
    sql<Found>`select r.id, r.kind, r.number, r.state, r.title, r.data, r.customer_id as "customerId", r.ticket_id as "ticketId", r.owner_id as "ownerId", r.group_id as "groupId" from record r where r.kind = ${among.kind} and ${among.over ? sql`${when} >= ${new Date(from)} and ${when} < ${new Date(to)}` : sql`true`} order by r.created_at, r.id`,
  );
  return rows.filter((row) => holds(among.if, { ...facts, record: { ...row.data, ...row } }));
};

export const numberAt = (row: Found, field: string): number => Number(factAt(row.data, field) ?? 0) || 0;
