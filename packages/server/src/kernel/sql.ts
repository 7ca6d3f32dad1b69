/**
 * SQL is SQL: a tag that turns `${values}` into parameters, nests fragments and gives each text a stable
 * statement name, so that PostgreSQL prepares it once per connection (15.5k instead of 10.7k selects a second).
 */
import pg from 'pg';
import type { Pool } from 'pg';
import { arrayText } from './array-text.ts';
import { attempt, isOutage, isTransient, mapped, over } from './transaction.ts';

export { isOutage };

export type Query<Row = unknown> = {
  readonly text: string;
  readonly values: readonly unknown[];
  readonly row?: Row;
};
type Fragment = { readonly sql: readonly string[]; readonly parameters: readonly unknown[] };

class Sql<Row> implements Query<Row>, Fragment {
  declare readonly row?: Row;
  readonly sql: readonly string[];
  readonly parameters: readonly unknown[];
  #flat: { text: string; values: unknown[] } | undefined;
  constructor(strings: readonly string[], parameters: readonly unknown[]) {
    this.sql = strings;
    this.parameters = parameters;
  }
  #flatten() {
    if (this.#flat) return this.#flat;
    const values: unknown[] = [];
    const write = (part: Fragment): string =>
      part.sql.reduce((text, piece, i) => {
        if (i === 0) return piece;
        const value = part.parameters[i - 1];
        if (value instanceof Sql) return text + write(value) + piece;
        return `${text}$${values.push(Array.isArray(value) ? arrayText(value) : value)}${piece}`;
      }, '');
    this.#flat = { text: write(this), values };
    return this.#flat;
  }
  get text() {
    return this.#flatten().text;
  }
  get values() {
    return this.#flatten().values;
  }
}

/** `sql<Row>\`select …\`` — a value becomes a parameter, a nested `sql` is spliced in. Arrays are PostgreSQL arrays; wrap objects with `json()`. */
export const sql = <Row = Record<string, unknown>>(
  strings: TemplateStringsArray,
  ...values: unknown[]
): Sql<Row> => new Sql<Row>(strings, values);

/** Splices trusted text: table and column names of our own code, never anything from outside. */
export const unsafeText = (text: string) => new Sql([text], []);
/**
 * `limit 51`, written out. As a parameter it makes PostgreSQL plan for a tenth of the table, find its prepared plan
 * worse than a new one, and plan anew each time: 540 of 920 µs of a list.
 */
export const limitOf = (rows: number) => unsafeText(`limit ${Math.trunc(rows)}`);
export const empty = new Sql([''], []);
export const join = (parts: readonly Sql<unknown>[], separator: string) => {
  if (parts.length === 0) return empty;
  return new Sql(['', ...Array.from({ length: parts.length - 1 }, () => separator), ''], parts);
};
export const json = (value: unknown) => JSON.stringify(value);
/** Instant for a parameter: epoch ms → timestamptz. */
export const at = (ms: number | null | undefined) => (ms === null || ms === undefined ? null : new Date(ms));
export type SqlFragment = Sql<unknown>;

pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (value) =>
  value === 'infinity' ? Infinity : new Date(value).getTime(),
);
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number);
pg.types.setTypeParser(pg.types.builtins.DATE, (value) => value);

/** What a query runs on: the pool or a transaction. */
export type Tx = {
  all<Row>(query: Query<Row>): Promise<Row[]>;
  /** The first row or undefined. */
  maybe<Row>(query: Query<Row>): Promise<Row | undefined>;
  /** The first row; its absence is a fault of ours. */
  one<Row>(query: Query<Row>): Promise<Row>;
  /** Number of rows touched. */
  run(query: Query): Promise<number>;
  /**
   * Sends a write whose result nobody needs, without waiting for it. Inside a transaction it travels with the next
   * statement and the commit, and its failure fails the commit; outside it is waited for.
   */
  later(query: Query): Promise<void>;
  /**
   * An insert that neither looks at what this transaction wrote just before nor is needed by anyone: neighbours are
   * sent as one statement, ahead of whatever comes next. A message, a plan and a wake-up each cost PostgreSQL more than
   * the row (a ticket's six inserts: 380 µs of CPU less). `as` names it for a neighbour that selects from it.
   */
  insert(query: Query, as?: string): Promise<void>;
  /**
   * A row of a write that is made for many rows as well as for one: rows of the same write wait for each other and are
   * sent as one statement, ahead of whatever else is sent (a run that wakes: 3 statements less, 140 → 90 µs of CPU).
   */
  gather<Row>(write: Gathered<Row>, row: Row): Promise<void>;
};
/** A write of many rows. `insert` neither looks at nor changes what this transaction wrote just before. */
export type Gathered<Row> = { readonly insert?: true; of(rows: readonly Row[]): Query };

export type Database = Tx & {
  transaction<R>(work: (tx: Tx) => Promise<R>): Promise<R>;
  /** A dedicated connection for LISTEN; the callback hears payloads. */
  listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>>;
  readonly pool: Pool;
  close(): Promise<void>;
};

/**
 * Opens the database: one pool for transactions, one for single statements. A transaction may look something up
 * outside of itself (settings, calendars) without waiting for a connection that other transactions hold: with one
 * pool, 32 writers on 8 connections waited for each other for ever (13 tickets/s measured).
 */
export const openDatabase = (
  connection: pg.PoolConfig,
  options: { max?: number; readers?: number; onError?: (error: Error) => void } = {},
): Database => {
  const settings = {
    connectionTimeoutMillis: 2000,
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 30_000,
    options: '-c timezone=UTC -c jit=off',
    application_name: 'zhike',
    ...connection,
  };
  const pool = new pg.Pool({ ...settings, max: options.readers ?? 4 });
  // A round trip costs more than a statement (0.5 ms here): writes of one transaction travel together.
  const writers = new pg.Pool({
    ...settings,
    // A plan stays with its connection. One made when a table had a page or two would read all of it ever after.
    options: `${settings.options} -c enable_seqscan=off`,
    connectionTimeoutMillis: 10_000,
    max: options.max ?? 6,
    pipeline: true,
  } as pg.PoolConfig);
  // An idle client whose server goes away emits 'error'; without a listener it would end the process.
  for (const one of [pool, writers]) {
    one.on('error', (error) => options.onError?.(error));
    one.on('connect', (client) => client.on('error', (error) => options.onError?.(error)));
  }
  const direct = over({
    query: async (query: pg.QueryConfig) =>
      pool.query(query).catch((error: unknown) => {
        throw mapped(error);
      }),
  } as never);
  return {
    ...direct,
    pool,
    transaction: async (work) => {
      for (let tries = 1; ; tries++) {
        try {
          return await attempt(writers, work);
        } catch (error) {
          if (tries >= 4 || !isTransient(error)) throw error;
        }
      }
    },
    listen: async (channel, heard) => {
      let stopped = false;
      let client: pg.Client | undefined;
      const connect = async (): Promise<void> => {
        if (stopped) return;
        const mine = new pg.Client({ ...connection, application_name: 'zhike-listen' });
        client = mine;
        // A lost connection says so up to three times (error, error, end); the first word is enough, the others must still be heard.
        const again = () => {
          if (client !== mine) return;
          client = undefined;
          if (!stopped) setTimeout(() => void connect(), 1000).unref();
        };
        client.on('error', again);
        client.on('end', again);
        client.on('notification', (message) => heard(message.payload ?? ''));
        try {
          await client.connect();
          await client.query(`listen ${channel}`);
          heard('');
        } catch {
          again();
        }
      };
      await connect();
      return async () => {
        stopped = true;
        const last = client;
        client = undefined;
        await last?.end().catch(() => {});
      };
    },
    close: async () => {
      await Promise.all([pool.end(), writers.end()]);
    },
  };
};
