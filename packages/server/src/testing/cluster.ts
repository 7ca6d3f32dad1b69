/** The PostgreSQL that tests run on: the one the runner started (`ZHIKE_TEST_DATABASE`), or an embedded one of our own. */
import path from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '#kernel/embedded-postgres.ts';

let cluster: Promise<pg.ClientConfig> | undefined;
let leave: (() => Promise<void>) | undefined;

const start = async (): Promise<pg.ClientConfig> => {
  const given = process.env.ZHIKE_TEST_DATABASE ?? process.env.DATABASE_URL;
  if (given) return given.startsWith('{') ? (JSON.parse(given) as pg.ClientConfig) : parseUrl(given);
  const { connection, stop } = await startEmbeddedPostgres({
    dir: path.resolve(import.meta.dirname, '../../../../.test/pg'),
    settings: { fsync: 'off', synchronous_commit: 'off', max_connections: '200' },
  });
  leave = stop;
  return connection;
};

const parseUrl = (url: string): pg.ClientConfig => {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url);
  return {
    host: searchParams.get('host') ?? decodeURIComponent(hostname),
    port: Number(port || searchParams.get('port') || 5432),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password) || undefined,
    database: pathname.slice(1) || 'postgres',
  };
};

/** Connection to an administrative database of the cluster; started once per process. It outlives the process and is found again. */
export const sharedCluster = (): Promise<pg.ClientConfig> => (cluster ??= start());

/** For a command that ran stories: the PostgreSQL of our own goes with us. */
export const leaveSharedCluster = async (): Promise<void> => leave?.();
