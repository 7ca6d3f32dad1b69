/** Which records are due: asked of the rows themselves each time, so that a changed setting or a hold counts at once. */
import type { DueRecordView, HoldView } from '#contracts/routes/retention.ts';
import { recordTypes } from '#contracts/routes/retention.ts';
import { join, sql } from '#kernel/sql.ts';
import type { SqlFragment, Tx } from '#kernel/sql.ts';
import { setting } from '#modules/settings/index.ts';
import { cutoff, plusYears, yearsOf } from './rules.ts';
import type { RecordType } from './rules.ts';

type Row = {
  type: RecordType;
  id: string;
  label: string;
  title: string;
  ended_at: number;
  keep_until: number | null;
  hold_id: string | null;
  hold_reason: string | null;
};
const iso = (ms: number) => new Date(ms).toISOString();
const heldBy = (type: RecordType, id: SqlFragment) =>
  sql`left join legal_hold h on h.record_type = ${type} and h.record_id = ${id} and h.released_at is null`;

/** Years by type as they are now. */
export const keptYears = async (tx: Tx) => {
  const [rule, centre] = [await setting(tx, 'retention'), await setting(tx, 'centre')];
  return {
    ticket: yearsOf('ticket', rule, centre),
    conversation: yearsOf('conversation', rule, centre),
    customer: yearsOf('customer', rule, centre),
    mail: yearsOf('mail', rule, centre),
    automatic: rule.automatic,
  };
};

/** A ticket counts from its end; its archive may have been promised longer. */
const tickets = (now: number, years: number, where: SqlFragment) => sql`
  select 'ticket' as type, t.id, t.number as label, t.subject as title, t.closed_at as ended_at, a.keep_until, h.id as hold_id, h.reason as hold_reason
  from ticket t left join ticket_archive a on a.ticket_id = t.id ${heldBy('ticket', sql`t.id`)}
  where t.purged_at is null and t.status in ('archived', 'cancelled') and t.closed_at <= ${new Date(cutoff(now, years))} and coalesce(a.keep_until, t.closed_at) <= ${new Date(now)} and ${where}`;
/** A contact counts from its last message; one that belongs to a ticket goes when all its tickets have gone. */
const conversations = (now: number, years: number, where: SqlFragment) => sql`
  select 'conversation' as type, v.id, c.name as label, v.subject as title, greatest(v.closed_at, h2.last_message_at, v.opened_at) as ended_at, null::timestamptz as keep_until, h.id as hold_id, h.reason as hold_reason
  from conversation v join channel c on c.id = v.channel_id join thread h2 on h2.id = v.id ${heldBy('conversation', sql`v.id`)}
  where v.purged_at is null and v.state in ('closed', 'offline_message', 'new') and v.opened_at <= ${new Date(cutoff(now, years))} and greatest(v.closed_at, h2.last_message_at, v.opened_at) <= ${new Date(cutoff(now, years))}
    and not exists (select 1 from ticket_conversation tc join ticket t on t.id = tc.ticket_id where tc.conversation_id = v.id and t.purged_at is null) and ${where}`;

/**
 * A card counts from its last change and the last thing that happened with the customer. It goes when nothing that
 * is still kept names it: no ticket, contact or record, and no open task or running process. Merged cards go with theirs.
 */
const customers = (now: number, years: number, where: SqlFragment) => sql`
  select 'customer' as type, c.id, c.number as label, c.name as title, e.ended_at, null::timestamptz as keep_until, h.id as hold_id, h.reason as hold_reason
  from customer c ${heldBy('customer', sql`c.id`)} cross join lateral (select greatest(c.updated_at, (select max(closed_at) from ticket where customer_id = c.id), (select max(opened_at) from conversation where customer_id = c.id)) as ended_at) e
  where c.purged_at is null and c.merged_into is null and c.updated_at <= ${new Date(cutoff(now, years))} and e.ended_at <= ${new Date(cutoff(now, years))}
    and not exists (select 1 from ticket x where x.customer_id = c.id and x.purged_at is null)
    and not exists (select 1 from conversation x where x.customer_id = c.id and x.purged_at is null)
    and not exists (select 1 from record x where x.customer_id = c.id)
    and not exists (select 1 from task x where x.customer_id = c.id and x.state = 'open')
    and not exists (select 1 from run x where x.customer_id = c.id and x.state = 'running') and ${where}`;
/** A raw mail counts from its arrival. What became a message goes with its contact; here are bounces, copies and quarantine. */
const mails = (now: number, years: number, where: SqlFragment) => sql`
  select 'mail' as type, r.id, c.name as label, r.subject as title, r.received_at as ended_at, null::timestamptz as keep_until, h.id as hold_id, h.reason as hold_reason
  from inbound_raw r join channel c on c.id = r.channel_id ${heldBy('mail', sql`r.id`)}
  where r.message_id is null and r.state in ('stored', 'bounce', 'held') and r.received_at <= ${new Date(cutoff(now, years))} and ${where}`;

const kinds = { ticket: tickets, conversation: conversations, customer: customers, mail: mails };
const idOf: Record<RecordType, SqlFragment> = {
  ticket: sql`t.id`,
  conversation: sql`v.id`,
  customer: sql`c.id`,
  mail: sql`r.id`,
};

export type Due = DueRecordView & { at: number };

/** Due records, the oldest first, after a place in that order. */
export const dueRecords = async (
  tx: Tx,
  now: number,
  { type, unheld }: { type?: RecordType; unheld?: boolean },
  limit: number,
  after?: { at: number; id: string },
): Promise<Due[]> => {
  const years = await keptYears(tx);
  const all = join(
    recordTypes.map((one) => kinds[one](now, years[one], sql`true`)),
    ' union all ',
  );
  const rows = await tx.all(
    sql<Row>`select * from (${all}) r where ${type ? sql`r.type = ${type}` : sql`true`} and ${unheld ? sql`r.hold_id is null` : sql`true`} and ${after ? sql`(r.ended_at, r.id) > (${new Date(after.at)}, ${after.id}::uuid)` : sql`true`} order by r.ended_at, r.id limit ${limit}`,
  );
  return rows.map((row) => toDue(row, years));
};

const toDue = (row: Row, years: Record<RecordType, number>): Due => ({
  at: row.ended_at,
  type: row.type,
  id: row.id,
  label: row.label,
  title: row.title,
  endedAt: iso(row.ended_at),
  keepUntil: iso(Math.max(row.keep_until ?? 0, plusYears(row.ended_at, years[row.type]))),
  hold: row.hold_id === null ? null : { id: row.hold_id, reason: row.hold_reason! },
});

/** One record if its time is over; undefined while it must be kept. */
export const dueRecord = async (
  tx: Tx,
  now: number,
  type: RecordType,
  id: string,
): Promise<Due | undefined> => {
  const years = await keptYears(tx);
  const query = kinds[type](now, years[type], sql`${idOf[type]} = ${id}::uuid`);
  const row = await tx.maybe(sql<Row>`${query}`);
  return row && toDue(row, years);
};

/** A hold and a purge at the same instant wait for each other. */
export const lockRecord = (tx: Tx, id: string): Promise<void> =>
  tx.later(sql`select pg_advisory_xact_lock(hashtext(${`retention:${id}`}))`);

/** What a record is called; undefined when there is none. */
export const labelOf = async (tx: Tx, type: RecordType, id: string): Promise<string | undefined> => {
  const labels: Record<RecordType, SqlFragment> = {
    ticket: sql`number as label from ticket t where purged_at is null`,
    conversation: sql`c.name as label from conversation v join channel c on c.id = v.channel_id where v.purged_at is null`,
    customer: sql`c.number as label from customer c where c.purged_at is null`,
    mail: sql`c.name as label from inbound_raw r join channel c on c.id = r.channel_id where true`,
  };
  const row = await tx.maybe(sql<{ label: string }>`select ${labels[type]} and ${idOf[type]} = ${id}::uuid`);
  return row?.label;
};

type HoldRow = {
  id: string;
  record_type: RecordType;
  record_id: string;
  label: string | null;
  reason: string;
  set_by: string | null;
  set_at: number;
};
export const holdsWhere = async (tx: Tx, where: SqlFragment): Promise<(HoldView & { at: number })[]> =>
  (
    await tx.all(
      sql<HoldRow>`select h.id, h.record_type, h.record_id, coalesce(t.number, k.number, c.name) as label, h.reason, u.name as set_by, h.set_at from legal_hold h left join app_user u on u.id = h.set_by left join ticket t on h.record_type = 'ticket' and t.id = h.record_id left join conversation v on h.record_type = 'conversation' and v.id = h.record_id left join customer k on h.record_type = 'customer' and k.id = h.record_id left join inbound_raw r on h.record_type = 'mail' and r.id = h.record_id left join channel c on c.id = coalesce(v.channel_id, r.channel_id) where ${where}`,
    )
  ).map((row) => ({
    at: row.set_at,
    id: row.id,
    type: row.record_type,
    recordId: row.record_id,
    label: row.label ?? '',
    reason: row.reason,
    setBy: row.set_by,
    setAt: iso(row.set_at),
  }));
