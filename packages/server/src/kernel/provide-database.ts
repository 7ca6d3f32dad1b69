/** The database of a configuration: the embedded one, or the server DATABASE_URL names. */
import path from 'node:path';
import pg from 'pg';
import { ConfigError } from './config.ts';
import type { Config } from './config.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import type { EmbeddedConnection } from './embedded-postgres.ts';

/** Can be handed to `new pg.Pool()` as it is. */
export type DatabaseConnection = EmbeddedConnection | { connectionString: string };

export type ProvidedDatabase = {
  connection: DatabaseConnection;
  /** Takes the right to be the one server of this DATA_DIR; always true with DATABASE_URL, where many may serve. */
  claimServer(): Promise<boolean>;
  /** the folder of the embedded cluster, for backups; null with DATABASE_URL */
  dataDir: string | null;
  /** Ends the embedded PostgreSQL unless another process still uses it. */
  stop(): Promise<void>;
  /** The same for a process that must exit at once: the embedded PostgreSQL follows it by itself. */
  abandon(): void;
};

const OLDEST_VERSION = 150_000;
const PATIENCE_MS = 10_000;

/** Throws ConfigError when DATABASE_URL does not answer or is older than PostgreSQL 15. */
export async function provideDatabase(
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
  log: (line: string) => void = () => {},
): Promise<ProvidedDatabase> {
  if (config.databaseUrl === null) {
    const cluster = await startEmbeddedPostgres({ dir: path.join(config.dataDir, 'postgres'), log });
    return {
      connection: cluster.connection,
      claimServer: () => cluster.claim('server'),
      dataDir: cluster.dataDir,
      stop: () => cluster.stop(),
      abandon: () => cluster.abandon(),
    };
  }
  await checkServer(config.databaseUrl);
  return {
    connection: { connectionString: config.databaseUrl },
    claimServer: async () => true,
    dataDir: null,
    stop: async () => {},
    abandon: () => {},
  };
}

async function checkServer(connectionString: string): Promise<void> {
  const version = await serverVersion(connectionString);
  if (version >= OLDEST_VERSION) return;
  const major = Math.floor(version / 10_000);
  throw new ConfigError(
    'DATABASE_URL',
    `需要 PostgreSQL 15 或更新的版本，该服务器是 ${major}。请升级它，或去掉 DATABASE_URL 使用内置数据库。`,
    `PostgreSQL 15 or newer is needed, this server is ${major}. Upgrade it, or remove DATABASE_URL to use the embedded one.`,
  );
}

async function serverVersion(connectionString: string): Promise<number> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: PATIENCE_MS });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string }>(
      `select current_setting('server_version_num') as version`,
    );
    return Number(rows[0]?.version);
  } catch (error) {
    const { code, message } = error as { code?: string; message?: string };
    const reason = message || code || 'no answer';
    throw new ConfigError(
      'DATABASE_URL',
      `数据库连接失败（${reason}）。请检查地址、账号、密码和网络，或去掉它使用内置数据库。`,
      `the database cannot be reached (${reason}). Check its address, user, password and network, or remove the variable to use the embedded one.`,
    );
  } finally {
    await client.end().catch(() => {});
  }
}
