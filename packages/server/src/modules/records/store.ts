/** SQL on records: rows, scope, views. */
import type { RecordView } from '#contracts/routes/records.ts';
import type { Words } from '#contracts/pack.ts';
import type { Answers } from '#contracts/routes/tasks.ts';
import type { Permission } from '#contracts/permissions.ts';
import { permissions } from '#contracts/permissions.ts';
import { inScope, may, scopeSql, userId } from '#kernel/actor.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Audience } from '#kernel/command.ts';
import { notFound, Problem } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import type { SqlFragment, Tx } from '#kernel/sql.ts';
import type { Kind } from './kinds.ts';
import { isMasked, maskOf } from './masks.ts';
import { pinStars } from './pins.ts';
import { openMoves } from './rules.ts';

export type RecordRow = {
  id: string;
  kind: string;
  number: string | null;
  state: string | null;
  title: string;
  data: Answers;
  day: string;
  external_id: string | null;
  customer_id: string | null;
  ticket_id: string | null;
  conversation_id: string | null;
  run_id: string | null;
  parent_id: string | null;
  group_id: string | null;
  owner_id: string | null;
  created_by: string | null;
  created_at: number;
  updated_at: number;
  version: number;
};

const ownership = { owners: ['r.owner_id', 'r.created_by'], group: 'r.group_id' } as const;
export const mayReach = (actor: Actor, permission: Permission): SqlFragment =>
  scopeSql(actor, permission, ownership);
/** What is personal is seen by whom it is about, who made it, and who reads reports (SD2-21). */
const notOthers = (actor: Actor): SqlFragment =>
  (actor.kind !== 'user' && actor.kind !== 'token') || may(actor, 'report.read')
    ? sql`true`
    : sql`not exists (select 1 from record_kind k where k.key = r.kind and k.definition ? 'personal' and r.data ->> (k.definition ->> 'personal') is distinct from ${userId(actor)}::text and r.created_by is distinct from ${userId(actor)}::uuid)`;
/** Records of a complaint are hidden from whom it is about, like the complaint itself (SD3b-04), personal ones from everybody else. */
export const notAccused = (actor: Actor): SqlFragment =>
  sql`not exists (select 1 from ticket a where a.id = r.ticket_id and a.accused_id = ${userId(actor)}::uuid) and ${notOthers(actor)}`;

export const audienceOf = (
  row: Pick<RecordRow, 'group_id' | 'owner_id' | 'created_by' | 'customer_id'>,
): Audience => ({
  groupId: row.group_id,
  userIds: [row.owner_id, row.created_by],
  customerId: row.customer_id,
});

/** Locks a record for change: 404 for what the actor may not read, 403 for what they may only read. */
export const lockRecord = async (tx: Tx, actor: Actor, kind: string, id: string): Promise<RecordRow> => {
  const row = await tx.maybe(
    sql<RecordRow>`select r.*, r.day::text as day from record r where r.id = ${id}::uuid and r.kind = ${kind} and ${notAccused(actor)} for update`,
  );
  if (!row) throw notFound();
  if (actor.kind !== 'user' && actor.kind !== 'token') return row;
  const owned = { owners: [row.owner_id, row.created_by], groupId: row.group_id };
  if (!inScope(actor, 'record.read', owned)) throw notFound();
  if (!inScope(actor, 'record.write', owned))
    throw new Problem('FORBIDDEN', { permission: permissions['record.write'] });
  return row;
};

type Joined = RecordRow & {
  customer_name: string | null;
  ticket_number: string | null;
  group_name: string | null;
  owner_name: string | null;
  creator_name: string | null;
  ticket_ids: string[];
  step_title: Words | null;
  step_due_at: number | null;
  step_late: boolean | null;
  held: string[];
};

export const recordsWhere = (tx: Tx, actor: Actor, where: SqlFragment): Promise<Joined[]> =>
  tx.all(sql<Joined>`
    select r.*, r.day::text as day, c.name as customer_name, t.number as ticket_number, g.name as group_name, o.name as owner_name, b.name as creator_name,
      coalesce((select array_agg(rt.ticket_id order by rt.at) from record_ticket rt where rt.record_id = r.id), '{}') as ticket_ids,
      coalesce((select array_agg(distinct one.key) from task a, jsonb_array_elements_text(a.data -> 'holds') one(key) where a.record_id = r.id and a.state = 'open' and a.kind = 'approval'), '{}') as held, k.title as step_title, k.due_at as step_due_at, k.late as step_late
    from record r left join lateral (select title, due_at, late from task where record_id = r.id and state = 'open' and not system and due_at is not null order by due_at, id limit 1) k on true left join customer c on c.id = r.customer_id left join ticket t on t.id = r.ticket_id left join skill_group g on g.id = r.group_id left join app_user o on o.id = r.owner_id left join app_user b on b.id = r.created_by
    where ${mayReach(actor, 'record.read')} and ${notAccused(actor)} and ${where}`);

const iso = (ms: number) => new Date(ms).toISOString();

/** Pins are never shown. Personal fields are masked unless the reader may see contact data. */
const shownData = (actor: Actor, kind: Kind, kept: Answers): Answers =>
  Object.fromEntries(
    Object.entries(kept).map(([key, value]) => {
      const field = kind.fields.find((one) => one.key === key);
      if (field?.type === 'pin') return [key, pinStars];
      return [key, isMasked(actor, field) && typeof value === 'string' ? maskOf(field!, value) : value];
    }),
  );

export const toView = (actor: Actor, kind: Kind, row: Joined, now: number): RecordView => {
  const state = kind.states?.find(({ key }) => key === row.state);
  return {
    id: row.id,
    kind: row.kind,
    number: row.number,
    state: row.state,
    stateName: state ? { zh: state.zh, en: state.en } : null,
    title: row.title,
    data: shownData(actor, kind, row.data),
    day: row.day,
    externalId: row.external_id,
    customerId: row.customer_id,
    customerName: row.customer_name,
    ticketId: row.ticket_id,
    ticketNumber: row.ticket_number,
    conversationId: row.conversation_id,
    runId: row.run_id,
    parentId: row.parent_id,
    groupId: row.group_id,
    groupName: row.group_name,
    ownerId: row.owner_id,
    ownerName: row.owner_name,
    createdByName: row.creator_name,
    createdAt: iso(row.created_at),
    updatedAt: iso(row.updated_at),
    moves: openMoves(
      kind,
      row.state,
      { data: row.data, record: { state: row.state, number: row.number } },
      { roleKeys: actor.roleKeys ?? [], isSystem: actor.kind === 'system' },
    ),
    ticketIds: row.ticket_ids,
    step:
      row.step_title === null
        ? null
        : {
            title: row.step_title,
            dueAt: iso(row.step_due_at!),
            late: row.step_late! || row.step_due_at! < now,
          },
    held: row.held,
    version: row.version,
  };
};
