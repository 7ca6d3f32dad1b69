/**
 * A transaction on a connection of its own, written so that as few messages as possible cross the socket: `begin`,
 * writes nobody waits for and the commit leave with the statements that are waited for.
 */
import type pg from 'pg';
import type { Pool, PoolClient } from 'pg';
import { Problem } from './problem.ts';
import type { Gathered, Query, Tx } from './sql.ts';

const names = new Map<string, string>();
const nameOf = (text: string) => {
  const known = names.get(text);
  if (known) return known;
  // Texts come from a bounded set of tag sites; a flood of distinct ones would mean a query built by string, which the bound keeps harmless.
  const name = names.size < 2000 ? `z${names.size}` : '';
  if (name) names.set(text, name);
  return name;
};

type Insert = { query: Query; as: string };
/** `with a as (insert …), b as (insert …) select`: parameters numbered through. */
const together = (inserts: readonly Insert[]): Query => {
  const values: unknown[] = [];
  const parts = inserts.map(({ query, as }) => {
    const before = values.length;
    values.push(...query.values);
    return `${as} as (${before === 0 ? query.text : query.text.replaceAll(/\$(\d+)/g, (_, n) => `$${before + Number(n)}`)})`;
  });
  return { text: `with ${parts.join(',\n')} select`, values };
};

export const over = (client: Pick<PoolClient, 'query'>): Tx => {
  const send = (query: Query) => {
    const name = nameOf(query.text);
    return client.query(
      name
        ? { name, text: query.text, values: query.values as unknown[] }
        : { text: query.text, values: query.values as unknown[] },
    );
  };
  return {
    all: async (query) => (await send(query)).rows as never,
    maybe: async (query) => (await send(query)).rows[0] as never,
    one: async (query) => {
      const [row] = (await send(query)).rows;
      if (row === undefined) throw new Error(`no row: ${query.text.slice(0, 200)}`);
      return row as never;
    },
    run: async (query) => (await send(query)).rowCount ?? 0,
    later: async (query) => void (await send(query)),
    insert: async (query) => void (await send(query)),
    gather: async (write, row) => void (await send(write.of([row]))),
  };
};

/** Connection-class faults: the server is away, starting, stopping, or the pool waited too long. */
export const isOutage = (error: unknown): boolean => {
  const { code = '', message = '' } = (error ?? {}) as { code?: string; message?: string };
  return (
    /^(ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|ETIMEDOUT|ENOTFOUND|57P0[1-3]|08\w{3}|53300|25006)$/.test(code) ||
    /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|not queryable/.test(
      message,
    )
  );
};
export const mapped = (error: unknown): unknown =>
  isOutage(error) ? new Problem('DEPENDENCY_UNAVAILABLE', { seconds: 2 }) : error;
/** Serialisation conflicts and deadlocks: the same work may be done again from the start. */
export const isTransient = (error: unknown) =>
  ['40001', '40P01'].includes((error as { code?: string }).code ?? '');

/** Statements that wait in the buffer at most. */
const mostHeld = 32;

/** Runs the work once in a transaction of its own; what it sends and nobody waits for leaves with the next that is waited for. */
export const attempt = async <R>(writers: Pool, work: (tx: Tx) => Promise<R>): Promise<R> => {
  const client = await writers.connect().catch((error: unknown) => {
    throw mapped(error);
  });
  let broken: Error | undefined;
  try {
    const sent: Promise<unknown>[] = [];
    const { stream } = (client as unknown as { connection: { stream: { cork(): void; uncork(): void } } })
      .connection;
    let held = false;
    /** Statements nobody waits for stay in the buffer until one is waited for: one system call for all of them. */
    const hold = () => {
      // In a long transaction PostgreSQL works on what there is while we make the rest.
      if (sent.length % mostHeld === mostHeld - 1) letGo();
      if (!held) {
        stream.cork();
        held = true;
      }
    };
    const letGo = () => {
      if (held) {
        held = false;
        stream.uncork();
      }
    };
    // Nobody may be listening yet when one fails; all are looked at before the transaction counts as done.
    const send = (query: string | pg.QueryConfig) => {
      hold();
      const answer = client.query(query as string);
      answer.catch(() => {});
      sent.push(answer);
      return answer;
    };
    // Reads begun together leave together, at the end of this turn.
    const waited = (query: never) => {
      sendHeld();
      hold();
      const answer = client.query(query);
      process.nextTick(letGo);
      return answer;
    };
    const sendLater = (query: Query) => {
      const name = nameOf(query.text);
      send({ ...(name ? { name } : {}), text: query.text, values: query.values as unknown[] });
    };
    let inserts: Insert[] = [];
    let rows = new Map<Gathered<never>, unknown[]>();
    const insert = (query: Query, as = `i${inserts.length}`) => void inserts.push({ query, as });
    const sendInserts = () => {
      const waiting = inserts;
      inserts = [];
      if (waiting.length > 0) sendLater(together(waiting));
    };
    /** In the order in which the writes were first asked for; rows of one may refer to rows of those before. */
    const sendHeld = () => {
      const waiting = rows;
      rows = new Map();
      for (const [write, of] of waiting) {
        if (write.insert) insert(write.of(of as never[]));
        else {
          sendInserts();
          sendLater(write.of(of as never[]));
        }
      }
      sendInserts();
    };
    const { later: _waits, insert: _too, gather: _also, ...tx } = over({ query: waited } as never);
    send('begin');
    let result: R;
    try {
      result = await work({
        ...tx,
        later: async (query) => {
          sendHeld();
          sendLater(query);
        },
        insert: async (query, as) => insert(query, as),
        gather: async (write, row) => {
          const waiting = rows.get(write as never);
          if (waiting) waiting.push(row);
          else rows.set(write as never, [row]);
        },
      });
      sendHeld();
    } catch (error) {
      letGo();
      throw error;
    }
    // After a failed statement the server answers a commit with a rollback; the failure itself is thrown here.
    const committed = client.query('commit');
    committed.catch(() => {});
    letGo();
    const failed = (await Promise.allSettled(sent)).find((answer) => answer.status === 'rejected');
    if (failed) throw (await committed.catch(() => undefined), failed.reason);
    await committed;
    return result;
  } catch (error) {
    if (isOutage(error)) broken = error as Error;
    else
      await client.query('rollback').catch((failure: Error) => {
        broken = failure;
      });
    throw mapped(error);
  } finally {
    client.release(broken);
  }
};
