/**
 * Running numbers for people (C202611001, T20261118-0001). A PostgreSQL sequence per name: taking the next never
 * waits for another transaction (a counter row held until commit let one ticket through at a time: 97/s instead of
 * more than a thousand). A refused command leaves a gap, which a label may have.
 */
import type { Database } from './sql.ts';
import { sql, unsafeText } from './sql.ts';

const known = new WeakMap<Database, Set<string>>();

/** The next number of a series; `name` is ours (`customer_202611`), never from outside. */
export const nextNumber = async (db: Database, name: string): Promise<number> => {
  if (!/^[a-z_0-9]{1,50}$/.test(name)) throw new Error(`not the name of a series: ${name}`);
  let mine = known.get(db);
  if (!mine) known.set(db, (mine = new Set()));
  if (!mine.has(name)) {
    // Two processes may meet the first of the month together; the loser finds it there.
    await db.run(sql`create sequence if not exists ${unsafeText(`number_${name}`)}`).catch((error: { code?: string }) => { if (error.code !== '23505' && error.code !== '42P07') throw error; });
    mine.add(name);
  }
  return (await db.one(sql<{ next: number }>`select nextval(${`number_${name}`}) as next`)).next;
};
