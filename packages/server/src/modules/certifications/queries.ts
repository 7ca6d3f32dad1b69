import { onboarding } from '#contracts/words.ts';
import type { CertificationView } from '#contracts/routes/certifications.ts';
import { decodeCursor, toPage } from '#kernel/page.ts';
import type { Page } from '#kernel/page.ts';
import { sql } from '#kernel/sql.ts';
import type { SqlFragment, Tx } from '#kernel/sql.ts';
import { noticeDays, stateOf, todayOf } from './rules.ts';

type Row = {
  user_id: string;
  user_name: string;
  product: string;
  valid_until: string;
  note: string;
  granted_at: number;
};
const rows = (tx: Tx, where: SqlFragment): Promise<Row[]> =>
  tx.all(
    sql<Row>`select c.user_id, u.name as user_name, c.product, c.valid_until::text as valid_until, c.note, c.granted_at from certification c join app_user u on u.id = c.user_id where ${where}`,
  );
const toView = (row: Row, now: number): CertificationView => ({
  userId: row.user_id,
  userName: row.user_name,
  product: row.product,
  validUntil: row.valid_until,
  state: stateOf(row.valid_until, now),
  note: row.note,
  grantedAt: new Date(row.granted_at).toISOString(),
});

type Filter = {
  limit?: number;
  cursor?: string;
  userId?: string;
  product?: string;
  state?: CertificationView['state'];
};
export const listCertifications = async (
  tx: Tx,
  now: number,
  { limit = 50, cursor, userId, product, state }: Filter,
): Promise<Page<CertificationView>> => {
  const after = decodeCursor(cursor, 3);
  const [today, soon] = [todayOf(now), todayOf(now + noticeDays * 86_400_000)];
  const inState = {
    expired: sql`c.valid_until < ${today}::date`,
    expiring: sql`c.valid_until between ${today}::date and ${soon}::date`,
    valid: sql`c.valid_until > ${soon}::date`,
  };
  const found = await rows(
    tx,
    sql`${userId ? sql`c.user_id = ${userId}::uuid` : sql`true`} and ${product ? sql`c.product = ${product}` : sql`true`} and ${state ? inState[state] : sql`true`}
      and ${after ? sql`(c.valid_until, c.user_id, c.product) > (${String(after[0])}::date, ${String(after[1])}::uuid, ${String(after[2])})` : sql`true`}
      order by c.valid_until, c.user_id, c.product limit ${limit + 1}`,
  );
  const page = toPage(found, limit, (row) => [row.valid_until, row.user_id, row.product]);
  return { items: page.items.map((row) => toView(row, now)), nextCursor: page.nextCursor };
};

export const certificationWhere = async (
  tx: Tx,
  now: number,
  where: SqlFragment,
): Promise<CertificationView | undefined> => {
  const [row] = await rows(tx, where);
  return row && toView(row, now);
};

/** Whether a person holds a certificate of a product that is good today; both may be columns of the caller's query. */
export const holdsCertificate = (user: SqlFragment, product: SqlFragment, now: number): SqlFragment =>
  sql`exists (select 1 from certification c where c.user_id = ${user} and c.product = ${product} and c.valid_until >= ${todayOf(now)}::date)`;

/** SD3k-01: whether a person may be given contacts: anybody while the gate is off, the certified while it is on. */
export const mayServe = (user: SqlFragment, gate: boolean, now: number): SqlFragment =>
  gate ? holdsCertificate(user, sql`${onboarding.key}`, now) : sql`true`;
