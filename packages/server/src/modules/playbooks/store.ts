/** SQL on playbooks, their versions and runs. */
import type { Answers } from '#contracts/routes/tasks.ts';
import type { Pack, Words } from '#contracts/pack.ts';
import type { Audience } from '#kernel/command.ts';
import { kept } from '#kernel/kept.ts';
import { notFound } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import type { Tx } from '#kernel/sql.ts';

/** Runs of the centre as a whole hang on this one. */
export const centreSubject = '00000000-0000-7000-8000-000000000004';
/** Playbooks have no id; their events hang on one well-known subject. */
export const playbookSubject = '00000000-0000-7000-8000-000000000003';

export type RunRow = {
  id: string;
  playbook: string;
  version: number;
  state: 'running' | 'done' | 'cancelled';
  outcome: string | null;
  subject_type: 'ticket' | 'conversation' | 'customer' | 'record' | 'centre';
  subject_id: string;
  ticket_id: string | null;
  conversation_id: string | null;
  customer_id: string | null;
  record_id: string | null;
  answers: Record<string, Answers>;
  visits: Record<string, number>;
  event: Record<string, unknown>;
  parent_run_id: string | null;
  started_by: string | null;
  started_at: number;
  ended_at: number | null;
  end_reason: string | null;
};

/** A published version never changes, so it is kept as long as the process lives. */
const packs = new WeakMap<object, Map<string, Pack>>();
export const packOf = async (db: Tx, key: string, version: number): Promise<Pack> => {
  let mine = packs.get(db);
  if (!mine) packs.set(db, (mine = new Map()));
  const name = `${key} ${version}`;
  const known = mine.get(name);
  if (known) return known;
  const row = await db.one(
    sql<{ pack: Pack; state: string }>`select pack, state from playbook_version where key = ${key} and version = ${version}`,
  );
  if (row.state !== 'draft') mine.set(name, row.pack);
  return row.pack;
};

export type InForce = { key: string; version: number; name: Words; pack: Pack };
const inForceBook = kept(2000, (db) =>
  db.all(sql<InForce & { effective_from: number }>`
    select v.key, v.version, p.name, v.pack, case when v.version = 1 and v.shipped is not null then timestamptz 'epoch' else v.effective_from end as effective_from
    from playbook_version v join playbook p on p.key = v.key where p.enabled and v.state = 'published' order by v.key, v.version desc`),
);
/**
 * Enabled playbooks with the version that is in force at an instant: the newest whose day has come. What came with
 * the product has always been in force, also for a demo centre that lives its last days again.
 */
export const inForce = async (db: Tx, now: number): Promise<InForce[]> => {
  const found = new Map<string, InForce>();
  for (const version of await inForceBook.of(db))
    if (version.effective_from <= now && !found.has(version.key)) found.set(version.key, version);
  return [...found.values()];
};
export const forgetInForce = (db: Tx): void => inForceBook.forget(db);

export const lockRun = async (tx: Tx, id: string): Promise<RunRow> => {
  const row = await tx.maybe(sql<RunRow>`select * from run where id = ${id}::uuid for update`);
  if (!row) throw notFound();
  return row;
};
export const placeOf = (run: Pick<RunRow, 'ticket_id' | 'conversation_id' | 'record_id'>) => ({
  ticketId: run.ticket_id,
  conversationId: run.conversation_id,
  recordId: run.record_id,
});
/** Runs are heard by who hears of their case; the dispatcher looks up who that is from the group and people here. */
export const audienceOf = (run: RunRow, group: string | null, people: readonly (string | null)[]): Audience => ({
  groupId: group,
  userIds: [...people, run.started_by],
  customerId: run.customer_id,
});
