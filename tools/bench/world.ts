/** A centre to measure: its own PostgreSQL with real fsync, its own server process, a token. Removed afterwards. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
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
  /** Proportional set size of the server process in MB. */
  pssMb(): number;
  restart(): Promise<number>;
  end(): Promise<void>;
};

const serve = (dataDir: string, port: number): Promise<{ child: ChildProcess; ms: number }> =>
  new Promise((resolve, reject) => {
    const begun = performance.now();
    const child = spawn(
      process.execPath,
      [
        ...(process.env.BENCH_PROFILE ? ['--cpu-prof', '--cpu-prof-dir=' + process.env.BENCH_PROFILE] : []),
        path.join(import.meta.dirname, 'start.ts'),
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
    cpuSeconds: () => {
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
      return (Number(fields[11]) + Number(fields[12])) / 100;
    },
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
