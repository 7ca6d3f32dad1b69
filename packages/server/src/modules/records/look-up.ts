/** The customer's own question where a record stands: number and proof, and nothing at all when they do not fit. */
import type { Locale } from '#contracts/errors.ts';
import type { Centre } from '#kernel/centre.ts';
import { Problem } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import { allKinds, demandKind } from './kinds.ts';
import type { Kind } from './kinds.ts';
import { languageOf, saidValue } from './said.ts';
import { countProof, pinMatches, proofWasRight } from './pins.ts';
import type { RecordRow } from './store.ts';

export const lookUpKinds = async ({ db }: Centre) =>
  (await allKinds(db)).flatMap(({ key, name, lookup, enabled }) =>
    lookup && enabled ? [{ kind: key, name, proof: lookup.proof }] : [],
  );

const digits = (value: unknown) => String(value ?? '').replace(/\D/g, '');
/** Nothing where the number is enough; else the proof, whose wrong tries are counted. */
const proves = async (centre: Centre, kind: Kind, row: RecordRow, proof: string): Promise<boolean> => {
  if (kind.lookup!.proof === 'none') return true;
  if (!proof) return false;
  await countProof(centre, row.id);
  const right =
    kind.lookup!.proof === 'pin'
      ? await pinMatches(proof, row.data[kind.lookup!.pin!])
      : await isTail(centre, kind, row, proof);
  if (right) await proofWasRight(centre, row.id);
  return right;
};
/** Last four digits of the phone on the record, or of any phone of its customer. */
const isTail = async ({ db }: Centre, kind: Kind, row: RecordRow, proof: string): Promise<boolean> => {
  const tail = digits(proof);
  if (tail.length !== 4) return false;
  if (kind.lookup!.phone && digits(row.data[kind.lookup!.phone]).endsWith(tail)) return true;
  return Boolean(
    row.customer_id &&
    (await db.maybe(
      sql`select 1 from customer_identity where customer_id = ${row.customer_id}::uuid and kind = 'phone' and right(value, 4) = ${tail}`,
    )),
  );
};

export const lookUp = async (
  centre: Centre,
  asked: { kind: string; number: string; proof?: string },
  locale: Locale = 'zh-CN',
) => {
  const { db } = centre;
  const kind = await demandKind(db, asked.kind);
  if (!kind.lookup) throw new Problem('RECORD_KIND_UNKNOWN', { kind: asked.kind });
  const number = asked.number.trim().toUpperCase();
  if (kind.lookup.pattern && !new RegExp(kind.lookup.pattern, 'u').test(number))
    throw new Problem('RECORD_NUMBER_FOREIGN');
  const row = await db.maybe(
    sql<RecordRow>`select r.*, r.day::text as day from record r where kind = ${kind.key} and number = ${number}`,
  );
  if (!row || !(await proves(centre, kind, row, asked.proof ?? ''))) throw new Problem('LOOKUP_FAILED');
  const moves = await db.all(
    sql<{
      at: number;
      to: string;
    }>`select at, coalesce(data ->> 'to', data ->> 'state') as to from event where subject_id = ${row.id}::uuid and type in ('record.created', 'record.moved') order by at, id`,
  );
  const stateOf = (key: string | null) => kind.states?.find((state) => state.key === key);
  const state = stateOf(row.state);
  return {
    kind: kind.name,
    number: row.number!,
    state: state ? { zh: state.zh, en: state.en } : null,
    fields: kind.lookup.show.flatMap((key) => {
      const field = kind.fields.find((one) => one.key === key)!;
      const value = row.data[key];
      if (value === undefined || value === null) return [];
      return [{ zh: field.zh, en: field.en, value: saidValue(field, value, languageOf(locale)) }];
    }),
    history: moves.flatMap(({ at, to }) => {
      const reached = stateOf(to);
      return reached ? [{ at: new Date(at).toISOString(), zh: reached.zh, en: reached.en }] : [];
    }),
  };
};
