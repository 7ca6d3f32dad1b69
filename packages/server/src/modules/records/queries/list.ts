import type { RecordView } from '#contracts/routes/records.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Centre } from '#kernel/centre.ts';
import { decodeCursor, likeText, toPage } from '#kernel/page.ts';
import type { Page } from '#kernel/page.ts';
import { faulty, notFound } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import type { SqlFragment } from '#kernel/sql.ts';
import { demandKind, kindOf } from '../kinds.ts';
import type { Kind } from '../kinds.ts';
import { askable, isMasked, shownEnd } from '../masks.ts';
import { mayReach, recordsWhere, toView } from '../store.ts';

export type RecordFilter = {
  q?: string;
  state?: string;
  day?: string;
  from?: string;
  to?: string;
  customerId?: string;
  ticketId?: string;
  parentId?: string;
  ownerId?: string;
  /** Only those of which an open step is past its limit. */ late?: boolean;
  where?: string;
  /** Only what the reader may take along. */ exported?: true;
};

/** `field:value`, several with commas; only fields of the kind that may be asked for. */
const whereSql = (kind: Kind, where: string | undefined): SqlFragment =>
  (where ? where.split(',') : []).reduce(
    (all, part) => {
      const [field = '', ...rest] = part.split(':');
      const known = askable(kind).map(({ key }) => key);
      if (!known.includes(field) || rest.length === 0)
        throw faulty('/where', 'NOT_LISTED', { allowed: known.join(', ') });
      return sql`${all} and (r.data ->> ${field} = ${rest.join(':')} or r.data -> ${field} @> to_jsonb(${rest.join(':')}::text))`;
    },
    sql`true`,
  );

/**
 * A value that the reader sees masked is found whole or by its end, as long as the mask shows it: by any part it could be
 * guessed digit after digit.
 */
const said = (actor: Actor, kind: Kind, q: string): SqlFragment => {
  const like = `%${likeText(q)}%`;
  const masked = kind.fields.filter((field) => isMasked(actor, field)).map(({ key }) => key);
  const end = [...q].length >= shownEnd ? `%${likeText(q)}` : likeText(q);
  return sql`(r.title ilike ${like} or r.number ilike ${like} or exists (select 1 from jsonb_each_text(r.data) d
    where d.key = any(${askable(kind).map(({ key }) => key)}::text[]) and d.value ilike case when d.key = any(${masked}::text[]) then ${end} else ${like} end))`;
};

/** The rows that a filter means, as a WHERE fragment over `record r`. */
export const filterSql = (actor: Actor, kind: Kind, filter: RecordFilter, now: number): SqlFragment => {
  const { exported, late } = filter;
  return sql`r.kind = ${kind.key} and ${exported ? mayReach(actor, 'record.export') : sql`true`}
    and ${filter.q ? said(actor, kind, filter.q) : sql`true`}
    and ${filter.state ? sql`r.state = ${filter.state}` : sql`true`}
    and ${filter.day ? sql`r.day = ${filter.day}::date` : sql`true`}
    and ${filter.from ? sql`r.day >= ${filter.from}::date` : sql`true`} and ${filter.to ? sql`r.day <= ${filter.to}::date` : sql`true`}
    and ${filter.customerId ? sql`r.customer_id = ${filter.customerId}::uuid` : sql`true`} and ${filter.ticketId ? sql`r.ticket_id = ${filter.ticketId}::uuid` : sql`true`}
    and ${filter.parentId ? sql`r.parent_id = ${filter.parentId}::uuid` : sql`true`} and ${filter.ownerId ? sql`r.owner_id = ${filter.ownerId}::uuid` : sql`true`}
    and ${late === undefined ? sql`true` : sql`exists (select 1 from task k where k.record_id = r.id and k.state = 'open' and not k.system and (k.late or k.due_at < ${new Date(now)})) = ${late}`}
    and ${whereSql(kind, filter.where)}`;
};

export const listRecords = async (
  centre: Centre,
  actor: Actor,
  key: string,
  { limit = 50, cursor, ...filter }: RecordFilter & { limit?: number; cursor?: string },
): Promise<Page<RecordView>> => {
  const kind = await demandKind(centre.db, key);
  const after = decodeCursor(cursor, 2);
  const rows = await recordsWhere(
    centre.db,
    actor,
    sql`${filterSql(actor, kind, filter, centre.clock.now())} and ${after ? sql`(r.created_at, r.id) < (${new Date(Number(after[0]))}, ${String(after[1])}::uuid)` : sql`true`} order by r.created_at desc, r.id desc limit ${limit + 1}`,
  );
  const page = toPage(rows, limit, (row) => [row.created_at, row.id]);
  return { ...page, items: page.items.map((row) => toView(actor, kind, row, centre.clock.now())) };
};

/** Records of every kind about one case. */
export const recordsOf = async (
  centre: Centre,
  actor: Actor,
  of: {
    customerId?: string;
    ticketId?: string;
    conversationId?: string;
    runId?: string;
    recordId?: string;
    parentId?: string;
    limit?: number;
  },
): Promise<RecordView[]> => {
  const about = [
    of.customerId ? sql`r.customer_id = ${of.customerId}::uuid` : undefined,
    of.ticketId
      ? sql`(r.ticket_id = ${of.ticketId}::uuid or exists (select 1 from record_ticket rt where rt.record_id = r.id and rt.ticket_id = ${of.ticketId}::uuid))`
      : undefined,
    of.conversationId ? sql`r.conversation_id = ${of.conversationId}::uuid` : undefined,
    of.runId ? sql`r.run_id = ${of.runId}::uuid` : undefined,
    of.recordId ? sql`r.id = ${of.recordId}::uuid` : undefined,
    of.parentId ? sql`r.parent_id = ${of.parentId}::uuid` : undefined,
  ].filter((one) => one !== undefined);
  if (about.length === 0) return [];
  const any = about.reduce((all, one) => sql`${all} or ${one}`, sql`false`);
  const rows = await recordsWhere(
    centre.db,
    actor,
    sql`(${any}) order by r.created_at desc, r.id desc limit ${of.limit ?? 50}`,
  );
  const views = await Promise.all(
    rows.map(async (row) => {
      const kind = await kindOf(centre.db, row.kind);
      return kind ? toView(actor, kind, row, centre.clock.now()) : undefined;
    }),
  );
  return views.filter((view) => view !== undefined);
};

export const recordById = async (
  centre: Centre,
  actor: Actor,
  key: string,
  id: string,
): Promise<RecordView> => {
  const kind = await demandKind(centre.db, key);
  const [row] = await recordsWhere(centre.db, actor, sql`r.id = ${id}::uuid and r.kind = ${key}`);
  if (!row) throw notFound();
  return toView(actor, kind, row, centre.clock.now());
};
