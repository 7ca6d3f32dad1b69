/**
 * Fields of type `pin`: a secret of the customer, such as the service PIN of a fund account (SD3g-04). It is kept as
 * a hash and never shown; who edits the record sees stars, and stars sent back leave it as it is.
 */
import type { RecordKind } from '#contracts/pack.ts';
import { sealedPin } from '#contracts/flow.ts';
import type { Centre } from '#kernel/centre.ts';
import { Problem } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import { hashPassword, passwordMatches } from '#modules/identity/index.ts';
import type { Data } from './rules.ts';

export const pinStars = '****';
const isPin = (kind: Pick<RecordKind, 'fields'>, key: string): boolean =>
  kind.fields.some((field) => field.key === key && field.type === 'pin');

/** What was given, without pins that are only the stars of the form. */
export const withoutStars = <D extends Data>(kind: Pick<RecordKind, 'fields'>, data: D): D =>
  Object.fromEntries(
    Object.entries(data).filter(([key, value]) => !(value === pinStars && isPin(kind, key))),
  ) as D;

/** What was given, without pins at all: what is kept beside the record never holds one. */
export const withoutPins = <D extends Data>(kind: Pick<RecordKind, 'fields'>, data: D): D =>
  Object.fromEntries(Object.entries(data).filter(([key]) => !isPin(kind, key))) as D;

/** Pins as hashes. */
export const sealed = async <D extends Data>(kind: Pick<RecordKind, 'fields'>, data: D): Promise<D> =>
  Object.fromEntries(
    await Promise.all(
      Object.entries(data).map(async ([key, value]) => [
        key,
        isPin(kind, key) && typeof value === 'string' && !sealedPin(value)
          ? await hashPassword(value)
          : value,
      ]),
    ),
  ) as D;

export const pinMatches = (given: string, stored: unknown): Promise<boolean> =>
  passwordMatches(given, typeof stored === 'string' ? stored : undefined);

const mostWrong = 5;
const lockedMs = 15 * 60_000;
/** Five wrong proofs for one record in a quarter of an hour close it for the rest of it; counted before the proof is looked at, so that guesses at once do not outrun the counter. */
export const countProof = async ({ db, clock }: Centre, recordId: string): Promise<void> => {
  const now = clock.now();
  const since = new Date(now - lockedMs);
  const { count, since: first } = await db.one(
    sql<{
      count: number;
      since: number;
    }>`insert into attempt (key, count, since) values (${`proof:${recordId}`}, 1, ${new Date(now)}) on conflict (key) do update set count = case when attempt.since < ${since} then 1 else attempt.count + 1 end, since = case when attempt.since < ${since} then excluded.since else attempt.since end returning count, since`,
  );
  if (count > mostWrong)
    throw new Problem('RATE_LIMITED', { seconds: Math.max(1, Math.ceil((first + lockedMs - now) / 1000)) });
};
export const proofWasRight = async ({ db }: Centre, recordId: string): Promise<void> =>
  void (await db.run(sql`delete from attempt where key = ${`proof:${recordId}`}`));
