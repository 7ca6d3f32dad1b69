/**
 * Running numbers for people (C202611001, T20261118-0001). A PostgreSQL sequence per name: taking the next never
 * waits for another transaction (a counter row held until commit let one ticket through at a time: 97/s instead of
 * more than a thousand). A refused command leaves a gap, which a label may have.
 */
import type { Database } from './sql.ts';
import { sql, unsafeText } from './sql.ts';

const known = new WeakMap<Database, Map<string, { ready: number[]; refilledAt: number }>>();
/** Asked for again within this time, the next numbers are fetched ahead: one look-up instead of sixteen in a rush. */
const rushMs = 200;
const ahead = 16;

/** The next number of a series; `name` is ours (`customer_202611`), never from outside. */
export const nextNumber = async (db: Database, name: string): Promise<number> => {
  if (!/^[a-z_0-9]{1,50}$/.test(name)) throw new Error(`not the name of a series: ${name}`);
  let mine = known.get(db);
  if (!mine) known.set(db, (mine = new Map()));
  let series = mine.get(name);
  if (!series) {
    // Two processes may meet the first of the month together; the loser finds it there.
    await db
      .run(sql`create sequence if not exists ${unsafeText(`number_${name}`)}`)
      .catch((error: { code?: string }) => {
        if (error.code !== '23505' && error.code !== '42P07') throw error;
      });
    series = { ready: [], refilledAt: 0 };
    mine.set(name, series);
  }
  const number = series.ready.shift();
  if (number !== undefined) return number;
  const begun = performance.now();
  const count = begun - series.refilledAt < rushMs ? ahead : 1;
  series.refilledAt = begun;
  const [first, ...rest] = await db.all(
    sql<{ next: number }>`select nextval(${`number_${name}`}) as next from generate_series(1, ${count}::int)`,
  );
  series.ready.push(...rest.map(({ next }) => next));
  return first!.next;
};
