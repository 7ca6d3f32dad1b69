/**
 * `npm test [-- WORD…]`: one PostgreSQL for the whole run, the screens, then tools/testing/run.ts in a process group
 * of its own, of which nothing is left when we end. Words choose the files whose path contains one of them.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { NAMES } from '#kernel/config-names.ts';
import { readConfig } from '#kernel/config.ts';
import { connectionUrl, startEmbeddedPostgres } from '#kernel/embedded-postgres.ts';
import type { EmbeddedConnection } from '#kernel/embedded-postgres.ts';
import { findChromium } from './chromium.mjs';
import { live } from './life.ts';
import type { Life } from './life.ts';
import { ROOT, say } from './say.ts';
import { buildStaleScreens } from './screens.ts';
import type { Plan } from './testing/run.ts';

const DIR = path.join(ROOT, '.test');
/** Safe only because nobody needs the data of a test after a power cut. */
const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: 200 };

await live(
  async (life) => {
    const filters = process.argv.slice(2);
    const plan = { units: find(['packages', 'tools'], filters), stories: find(['e2e'], filters) };
    if (plan.units.length + plan.stories.length === 0) {
      throw new Error(`没有匹配的测试文件 | no test file matches: ${filters.join(' ')}`);
    }
    const database = readConfig(process.env).databaseUrl ?? (await startDatabase(life));
    await buildStaleScreens(life.signal);
    return await runTests(plan, database, life);
  },
  { interrupted: 130 },
);

function find(folders: string[], filters: string[]): string[] {
  return folders
    .flatMap((folder) => fs.globSync(`${folder}/**/*.test.ts`, { cwd: ROOT }))
    .filter((file) => !/(^|\/)(node_modules|dist)\//.test(file))
    .filter((file) => filters.length === 0 || filters.some((word) => file.includes(word)))
    .sort()
    .map((file) => path.join(ROOT, file));
}

async function startDatabase(life: Life): Promise<string> {
  const cluster = await startEmbeddedPostgres({ dir: path.join(DIR, 'pg'), settings: FAST, log: say });
  life.onEnd(
    () => cluster.stop(),
    () => cluster.abandon(),
  );
  if (!(await cluster.claim('tests'))) {
    throw new Error(
      '同一目录中已有一个 npm test 在运行，请等它结束 | another npm test is running in this folder, wait for its end',
    );
  }
  await dropLeftovers(cluster.connection);
  return connectionUrl(cluster.connection);
}

/** Databases of a run that was killed; one that somebody is connected to belongs to a test run by hand. */
async function dropLeftovers(connection: EmbeddedConnection): Promise<void> {
  const client = new pg.Client(connection);
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    `select datname as name from pg_database where not datistemplate and datname not in ('postgres', $1)
      and oid not in (select datid from pg_stat_activity where datid is not null)`,
    [connection.database],
  );
  for (const { name } of rows) await client.query(`drop database ${pg.escapeIdentifier(name)}`);
  await client.end();
}

/** The settings of whoever calls us must not leak into the servers that tests start. */
async function runTests(plan: Plan, database: string, { signal, onEnd }: Life): Promise<number> {
  signal.throwIfAborted();
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !NAMES.includes(name)));
  const child = spawn(process.execPath, [path.join(ROOT, 'tools/testing/run.ts'), JSON.stringify(plan)], {
    cwd: ROOT,
    env: { ...env, ZHIKE_TEST_DATABASE: database, CHROMIUM_PATH: findChromium() ?? '' },
    detached: true, // a group of its own, which can be ended as a whole
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  onEnd(
    () => endGroup(child.pid),
    () => kill(child.pid, 'SIGKILL'),
  );
  signal.addEventListener('abort', () => kill(child.pid, 'SIGTERM'));
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}

async function endGroup(pid: number | undefined): Promise<void> {
  kill(pid, 'SIGTERM');
  for (let tries = 0; tries < 50 && kill(pid, 0); tries++) await sleep(100);
  kill(pid, 'SIGKILL');
}

/** false when nobody of the group is left */
function kill(pid: number | undefined, signal: NodeJS.Signals | 0): boolean {
  if (pid === undefined) return false;
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}
