/** SQL on playbooks, their versions and runs. */
import type { Answers } from '#contracts/routes/tasks.ts';
import type { Pack, Words } from '#contracts/pack.ts';
import type { Audience } from '#kernel/command.ts';
import { kept } from '#kernel/kept.ts';
import { notFound } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import type { SqlFragment, Tx } from '#kernel/sql.ts';

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
    sql<{
      pack: Pack;
      state: string;
    }>`select pack, state from playbook_version where key = ${key} and version = ${version}`,
  );
  if (row.state !== 'draft') mine.set(name, row.pack);
  return row.pack;
};

export type InForce = { key: string; version: number; name: Words; pack: Pack };
/** Every published version of what is switched on, as of a count of changes. */
type Book = {
  stamp: number;
  versions: (InForce & { from: number })[];
  /** Holds once that count has gone on. */ outdated: SqlFragment;
};
const readBook = async (db: Tx): Promise<Book> => {
  const { stamp, versions } = await db.one(sql<Pick<Book, 'stamp' | 'versions'>>`
    select (select version from playbook_stamp) as stamp, coalesce((select json_agg(json_build_object('key', v.key, 'version', v.version, 'name', p.name, 'pack', v.pack, 'from', case when v.version = 1 and v.shipped is not null then 0 else floor(date_part('epoch', v.effective_from) * 1000) end) order by v.key, v.version desc)
      from playbook_version v join playbook p on p.key = v.key where p.enabled and v.state = 'published'), '[]') as versions`);
  return { stamp, versions, outdated: sql`(select version from playbook_stamp) <> ${stamp}` };
};
const stampOf = async (tx: Tx): Promise<number> =>
  (await tx.one(sql<{ version: number }>`select version from playbook_stamp`)).version;
// Packs are large: they are read again only when something has changed.
const books = kept(2000, async (db, last: Book | undefined) =>
  last && (await stampOf(db)) === last.stamp ? last : readBook(db),
);
const newestOf = ({ versions }: Book, now: number): InForce[] => {
  const found = new Map<string, InForce>();
  for (const version of versions)
    if (version.from <= now && !found.has(version.key)) found.set(version.key, version);
  return [...found.values()];
};
/**
 * Enabled playbooks with the version that is in force at an instant: the newest whose day has come. What came with
 * the product has always been in force, also for a demo centre that lives its last days again.
 */
export const inForce = async (db: Tx, now: number): Promise<InForce[]> => newestOf(await books.of(db), now);
/** The same, and at least as new as a count that was read. */
export const inForceSince = async (db: Tx, now: number, stamp: number): Promise<InForce[]> => {
  const book = await books.of(db);
  return newestOf(book.stamp >= stamp ? book : await books.fresh(db), now);
};
/** What was last known to be in force, without looking, and the SQL that says whether that has changed since. */
export const lastInForce = (db: Tx, now: number): { packs: InForce[]; outdated: SqlFragment } | undefined => {
  const book = books.peek(db);
  return book && { packs: newestOf(book, now), outdated: book.outdated };
};
/** Called in the transaction that changes what is in force. */
export const changeInForce = async (db: Tx, tx: Tx): Promise<void> => {
  await tx.later(sql`update playbook_stamp set version = version + 1`);
  books.forget(db);
};

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
export const audienceOf = (
  run: RunRow,
  group: string | null,
  people: readonly (string | null)[],
): Audience => ({
  groupId: group,
  userIds: [...people, run.started_by],
  customerId: run.customer_id,
});
