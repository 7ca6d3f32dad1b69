/**
 * PostgreSQL as a child of its own: nothing to install, a Unix socket only, and it outlives accidents.
 *
 * The life of a cluster folder:
 *   absent ──initdb──▶ stopped ──pg_ctl──▶ running ──last user leaves──▶ stopped
 * The postmaster is a daemon: when our process is killed it goes on, and the next start attaches to it. Every
 * process that uses the cluster keeps one connection (the keeper) that holds a shared advisory lock; `stop()`
 * ends PostgreSQL only when nobody else holds it, so that a short command never takes the database from under a
 * running server. When the postmaster dies, the keeper notices and starts it again.
 */
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { chooseAccount, findBinaries, preparePlaces } from './embedded-postgres-places.ts';
import {
  initialise,
  lockLines,
  removeForeignLock,
  signalSmartStop,
  startPostmaster,
  stopPostmaster,
  USER,
} from './embedded-postgres-process.ts';
import type { Cluster } from './embedded-postgres-process.ts';

/** `host` is the folder of the socket; every field can be handed to `new pg.Pool()` as it is. */
export type EmbeddedConnection = { host: string; port: number; user: string; database: string };

export type EmbeddedPostgres = {
  connection: EmbeddedConnection;
  /** true when a postmaster of this folder was running already */
  attached: boolean;
  /** the cluster's data folder, for backups */
  dataDir: string;
  /** Takes a name for this process until it ends; false when another process has it. */
  claim(name: string): Promise<boolean>;
  /** Leaves; ends PostgreSQL when no other process uses this cluster. At most about 10 s. */
  stop(): Promise<void>;
  /** For a process that must exit now: PostgreSQL ends by itself when its last connection is gone. */
  abandon(): void;
};

export type EmbeddedPostgresOptions = {
  /** the folder that holds the cluster, its socket and its logs */
  dir: string;
  /** only the suffix of the socket's name: never taken, never listened on */
  port?: number;
  database?: string;
  /** lines of postgresql.conf on top of ours; they take effect when PostgreSQL starts */
  settings?: Record<string, string | number | boolean>;
  log?: (line: string) => void;
};

/** The driver has these two, its types do not know it. */
type Keeper = pg.Client & { ref(): void; unref(): void };

const LOCK_SPACE = 0x7a68;
const PRESENT = 'present';
const PATIENCE_MS = 30_000;
const RECOVERY_PATIENCE_MS = 600_000;
const RESTARTS = 5;

/** Starts the cluster in `dir`, making it first when it is new, or attaches to it when it is running. Throws one clear sentence. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dir = path.resolve(options.dir);
  const { port = 5432, database = 'zhike', settings = {}, log = () => {} } = options;
  const account = chooseAccount(dir);
  const places = preparePlaces(dir, account);
  const cluster = { account, binaries: findBinaries(account), places, port, settings, log };
  await initialise(cluster);

  const claims = new Set<string>();
  let stopping = false;
  let keeper: Keeper;
  let reviving: Promise<void> | null = null;

  async function attend(): Promise<{ connection: EmbeddedConnection; attached: boolean }> {
    for (let attempt = 1; ; attempt++) {
      const found = await ensureRunning(cluster);
      try {
        keeper = await keep(found.connection, claims);
      } catch (error) {
        if (attempt === RESTARTS) throw error;
        continue; // it was just being stopped by the last process that used it
      }
      keeper.once('end', () => {
        if (!stopping) reviving = revive();
      });
      return found;
    }
  }

  async function revive(): Promise<void> {
    for (let attempt = 1; attempt <= RESTARTS; attempt++) {
      if (stopping) return;
      log('数据库意外停止，正在恢复 | the database stopped by itself, bringing it back');
      try {
        await attend();
        return;
      } catch (error) {
        log(String(error instanceof Error ? error.message : error));
        await sleep(attempt * 1_000, undefined, { ref: false });
      }
    }
  }

  const { connection, attached } = await attend();
  await createDatabase(connection, database);
  return {
    connection: { ...connection, database },
    attached,
    dataDir: places.data,
    async claim(name) {
      keeper.ref();
      const taken = await tryLock(keeper, name);
      keeper.unref();
      if (taken) claims.add(name);
      return taken;
    },
    async stop() {
      if (stopping) return;
      stopping = true;
      await reviving;
      keeper.ref();
      const alone = await leave(keeper).catch(() => false); // no keeper any more: PostgreSQL is down
      if (alone) await stopPostmaster(cluster);
      await keeper.end().catch(() => {});
    },
    abandon() {
      stopping = true;
      signalSmartStop(cluster);
      keeper.end().catch(() => {});
    },
  };
}

/** The same place as one string, for DATABASE_URL and for child processes. */
export function connectionUrl({ host, port, user, database }: EmbeddedConnection): string {
  return `postgresql://${user}@localhost/${database}?${new URLSearchParams({ host, port: String(port) })}`;
}

/** Attaches or starts; waits up to 30 s for a killed postmaster to let go, and up to 10 min while it recovers. */
async function ensureRunning(
  cluster: Cluster,
): Promise<{ connection: EmbeddedConnection; attached: boolean }> {
  const begun = performance.now();
  let attached = true;
  let saidRecovering = false;
  for (;;) {
    const connection = runningAt(cluster);
    const state = connection ? await knock(connection) : 'down';
    if (connection && state === 'up') return { connection, attached };
    const waited = performance.now() - begun;
    if (state === 'recovering' && waited < RECOVERY_PATIENCE_MS) {
      if (!saidRecovering) cluster.log('数据库正在恢复 | the database is recovering');
      saidRecovering = true;
      await sleep(250);
      continue;
    }
    const failure = await startPostmaster(cluster);
    if (!failure) {
      attached = false;
      continue;
    }
    // These pass by themselves within seconds; any other failure will not get better by waiting.
    // Without a word of the server, pg_ctl met another starter (the keeper of another process) halfway.
    const passing = /lock file|still in use|Is another postmaster|^pg_ctl \d+\s*$/i.test(failure);
    if (!passing || waited > PATIENCE_MS) {
      throw new Error(`数据库无法启动 | PostgreSQL does not start: ${failure}`);
    }
    if (waited > PATIENCE_MS / 10) removeForeignLock(cluster);
    await sleep(250);
  }
}

/** Where the postmaster of this cluster says it listens; null when it has not said so. */
function runningAt(cluster: Cluster): EmbeddedConnection | null {
  const [, , , port, host] = lockLines(cluster);
  if (!port || !host) return null;
  return { host, port: Number(port), user: USER, database: 'postgres' };
}

/** The connection that says "somebody uses this cluster" and holds this process's claims. */
async function keep(connection: EmbeddedConnection, claims: Iterable<string>): Promise<Keeper> {
  const client = await connect(connection);
  await client.query('select pg_advisory_lock_shared($1, hashtext($2))', [LOCK_SPACE, PRESENT]);
  for (const name of claims) await tryLock(client, name);
  // A connection that only waits must not keep a process alive that has nothing else to do.
  client.unref();
  return client;
}

/** Lets go of the cluster; true when nobody else uses it. Whoever attaches now waits until PostgreSQL has ended. */
async function leave(keeper: Keeper): Promise<boolean> {
  await keeper.query('select pg_advisory_unlock_shared($1, hashtext($2))', [LOCK_SPACE, PRESENT]);
  return await tryLock(keeper, PRESENT);
}

async function tryLock(client: pg.Client, name: string): Promise<boolean> {
  const text = 'select pg_try_advisory_lock($1, hashtext($2)) as taken';
  const { rows } = await client.query<{ taken: boolean }>(text, [LOCK_SPACE, name]);
  return rows[0]?.taken === true;
}

async function createDatabase(connection: EmbeddedConnection, name: string): Promise<void> {
  const client = await connect(connection);
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (!rowCount) await client.query(`create database ${pg.escapeIdentifier(name)}`);
  } catch (error) {
    // 23505/42P04: another process created it in the same moment
    if (!['23505', '42P04'].includes((error as { code?: string }).code ?? '')) throw error;
  } finally {
    await client.end();
  }
}

async function connect(connection: EmbeddedConnection): Promise<Keeper> {
  // ssl and password are given so that PGSSLMODE and PGPASSWORD of the environment do not matter here.
  const client = new pg.Client({
    ...connection,
    ssl: false,
    password: '',
    application_name: 'zhike keeper',
    connectionTimeoutMillis: 5_000,
  }) as Keeper;
  client.on('error', () => {}); // followed by 'end', which is where we act
  await client.connect();
  return client;
}

async function knock(connection: EmbeddedConnection): Promise<'up' | 'recovering' | 'down'> {
  try {
    const client = await connect(connection);
    await client.end();
    return 'up';
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) return 'down';
    return error.code === '57P03' ? 'recovering' : 'up'; // 57P03: starting, recovering or stopping
  }
}
