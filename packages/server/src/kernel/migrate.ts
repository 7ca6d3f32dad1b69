/** Plain forward SQL files, each applied once in its own transaction under one advisory lock; two nodes may start together. */
import { readdir, readFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import pg from 'pg';

const folder = new URL('../../migrations/', import.meta.url);
const lockKey = 7_300_001;

export type Migration = { name: string; text: string; hash: string };

/** Reads migrations in order of their number. */
export const readMigrations = async (): Promise<Migration[]> =>
  Promise.all(
    (await readdir(folder))
      .filter((name) => name.endsWith('.sql'))
      .toSorted()
      .map(async (name) => {
        const text = await readFile(new URL(name, folder), 'utf8');
        return { name, text, hash: createHash('sha256').update(text).digest('hex') };
      }),
  );

/** Brings the schema up to date; returns the names applied. A file changed after it was applied is refused. */
export const migrate = async (connection: pg.ClientConfig): Promise<string[]> => {
  const migrations = await readMigrations();
  const client = new pg.Client({ ...connection, application_name: 'zhike-migrate' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [lockKey]);
    await client.query(
      'create table if not exists migration (name text primary key, hash text not null, applied_at timestamptz not null default now())',
    );
    const { rows } = await client.query<{ name: string; hash: string }>('select name, hash from migration');
    const applied = new Map(rows.map(({ name, hash }) => [name, hash]));
    const done: string[] = [];
    for (const { name, text, hash } of migrations) {
      if (applied.get(name) === hash) continue;
      if (applied.has(name))
        throw new Error(`migration ${name} was changed after it was applied; add a new file instead`);
      await client.query('begin');
      await client.query(text);
      await client.query('insert into migration (name, hash) values ($1, $2)', [name, hash]);
      await client.query('commit');
      done.push(name);
    }
    return done;
  } finally {
    await client.end();
  }
};
