/** A centre to measure: its own PostgreSQL with real fsync, its own server process, a token. Removed afterwards. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '#kernel/embedded-postgres.ts';
import { readConfig } from '#kernel/config.ts';
import { send } from '#kernel/command.ts';
import { systemActor } from '#kernel/actor.ts';
import { migrate } from '#kernel/migrate.ts';
import { openDatabase } from '#kernel/sql.ts';
import { buildCentre } from '#server/centre.ts';
import { installCentre } from '#server/install.ts';
import { createToken, createUser } from '#modules/identity/index.ts';

export type BenchWorld = {
  base: string;
  token: string;
  userId: string;
  connection: pg.PoolConfig;
  dataDir: string;
  server: ChildProcess;
  startedMs: number;
  /** CPU seconds the server process has used. */
  cpuSeconds(): number;
  /** CPU seconds all processes of its PostgreSQL have used. */
  databaseCpuSeconds(): number;
  /** Proportional set size of the server process in MB. */
  pssMb(): number;
  restart(): Promise<number>;
  end(): Promise<void>;
};

/** Fields of /proc/…/stat behind the name: state, parent, …, utime, stime, those of children that have ended. */
const statOf = (pid: string | number): number[] =>
  readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ').map(Number);
const cpuOf = (pid: string | number): number => (statOf(pid)[11]! + statOf(pid)[12]!) / 100;
const cpuOfFamily = (parent: number): number =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .reduce(
      (all, pid) => {
        try {
          return statOf(pid)[1] === parent ? all + cpuOf(pid) : all;
        } catch {
          return all; // has just ended
        }
      },
      (statOf(parent)[13]! + statOf(parent)[14]!) / 100,
    );

const serve = (dataDir: string, port: number): Promise<{ child: ChildProcess; ms: number }> =>
  new Promise((resolve, reject) => {
    const begun = performance.now();
    const child = spawn(
      process.execPath,
      [
        ...(process.env.BENCH_PROFILE ? ['--cpu-prof', '--cpu-prof-dir=' + process.env.BENCH_PROFILE] : []),
        path.join(import.meta.dirname, 'start.mjs'),
      ],
      {
        env: { ...process.env, DATA_DIR: dataDir, PORT: String(port), LOG_LEVEL: 'error', ZHIKE_EMPTY: '1' },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    child.stdout!.on('data', (chunk: Buffer) => {
      if (String(chunk).includes('ready')) resolve({ child, ms: performance.now() - begun });
    });
    child.on('exit', (code) => reject(new Error(`the measured server ended with ${code}`)));
  });

export const newBenchWorld = async (): Promise<BenchWorld> => {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'zhike-bench-'));
  const port = 7600 + Math.floor((process.pid % 300) * 2);
  const cluster = await startEmbeddedPostgres({ dir: path.join(dataDir, 'postgres') });
  const connection = cluster.connection as pg.PoolConfig;
  await migrate(connection);
  const db = openDatabase(connection);
  const config = {
    ...readConfig({ DATA_DIR: dataDir }),
    secret: 'bench secret of at least thirty-two characters',
  };
  const centre = buildCentre({ config, db });
  await installCentre(centre);
  const system = systemActor('bench');
  const { rows: groups } = await db.pool.query<{ id: string }>(
    "select id from skill_group where key = 'tech'",
  );
  const userId = await send(
    centre,
    createUser,
    {
      email: 'bench@demo.example',
      name: '压测',
      roles: ['admin'],
      groupIds: groups.map(({ id }) => id),
      password: 'a measured centre',
    },
    system,
  );
  const token = `zk_${centre.ids.secret(32)}`;
  await send(centre, createToken, { userId, name: 'bench', token }, system);
  const { pid } = (await db.pool.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]!;
  const postmaster = statOf(pid)[1]!;
  await db.close();
  let { child, ms } = await serve(dataDir, port);
  const stop = () =>
    new Promise<void>((resolve) => {
      child.removeAllListeners('exit');
      child.once('exit', () => resolve());
      child.kill('SIGTERM');
    });
  return {
    base: `http://127.0.0.1:${port}`,
    token,
    userId,
    connection,
    dataDir,
    startedMs: ms,
    get server() {
      return child;
    },
    cpuSeconds: () => cpuOf(child.pid!),
    databaseCpuSeconds: () => cpuOfFamily(postmaster),
    pssMb: () =>
      Number(readFileSync(`/proc/${child.pid}/smaps_rollup`, 'utf8').match(/^Pss:\s+(\d+)/m)![1]) / 1024,
    restart: async () => {
      await stop();
      ({ child, ms } = await serve(dataDir, port));
      return ms;
    },
    end: async () => {
      await stop();
      await cluster.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};
