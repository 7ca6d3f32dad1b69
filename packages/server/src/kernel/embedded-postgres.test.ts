import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { connectionUrl, startEmbeddedPostgres as startCluster } from './embedded-postgres.ts';
import type { EmbeddedPostgres, EmbeddedPostgresOptions } from './embedded-postgres.ts';
import { firstClosed, linkLibraries } from './embedded-postgres-places.ts';

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'zhike-pg-'));
fs.chmodSync(root, 0o755);
after(() => fs.rmSync(root, { recursive: true, force: true }));

// A run that is interrupted must not leave a database behind, and PostgreSQL outlives us by design.
const started: EmbeddedPostgres[] = [];
const abandonAll = (): never => {
  for (const cluster of started) cluster.abandon();
  process.exit(143);
};
process.once('SIGTERM', abandonAll);
after(() => process.off('SIGTERM', abandonAll));

async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const cluster = await startCluster(options);
  started.push(cluster);
  return cluster;
}

const settings = { fsync: false, shared_buffers: '16MB' };

async function query(connection: pg.ClientConfig, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

const postmasterPid = (dataDir: string): number =>
  Number(fs.readFileSync(path.join(dataDir, 'postmaster.pid'), 'utf8').split('\n')[0]);

describe('the embedded PostgreSQL', () => {
  const dir = path.join(root, 'data/postgres');

  test('is made fresh, holds Chinese text, and stops with its last user', async () => {
    const cluster = await startEmbeddedPostgres({ dir, settings });
    assert.equal(cluster.attached, false);
    const [row] = await query(
      cluster.connection,
      `select upper('知客é') as word, current_database() as name`,
    );
    assert.deepEqual(row, { word: '知客É', name: 'zhike' });
    assert.deepEqual(
      await query({ connectionString: connectionUrl(cluster.connection) }, 'select 1 as one'),
      [{ one: 1 }],
    );
    assert.equal((await query(cluster.connection, 'show listen_addresses'))[0]?.listen_addresses, '');
    await query(cluster.connection, `create table kept as select '留下' as word`);
    await cluster.stop();
    assert.equal(fs.existsSync(path.join(cluster.dataDir, 'postmaster.pid')), false);
  });

  test('keeps its data, and a second start attaches and leaves it running for the first', async () => {
    const first = await startEmbeddedPostgres({ dir, settings });
    assert.equal((await query(first.connection, 'select word from kept'))[0]?.word, '留下');
    const second = await startEmbeddedPostgres({ dir, settings, port: 6000 });
    assert.equal(second.attached, true);
    assert.deepEqual(second.connection, first.connection);
    assert.equal(await first.claim('server'), true);
    assert.equal(await second.claim('server'), false);
    await second.stop();
    assert.equal((await query(first.connection, 'select word from kept'))[0]?.word, '留下');
    await first.stop();
    assert.equal(fs.existsSync(path.join(first.dataDir, 'postmaster.pid')), false);
  });

  test('is found again after kill -9 of the process that started it', async () => {
    const script = `import { startEmbeddedPostgres } from ${JSON.stringify(new URL('./embedded-postgres.ts', import.meta.url).href)};
      const cluster = await startEmbeddedPostgres(${JSON.stringify({ dir, settings })});
      await cluster.claim('server');
      console.log('up');
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const cluster = await startEmbeddedPostgres({ dir, settings });
    assert.equal(cluster.attached, true);
    assert.equal(await cluster.claim('server'), true, 'the claim of the dead process is free again');
    assert.equal((await query(cluster.connection, 'select word from kept'))[0]?.word, '留下');
    await cluster.stop();
    assert.equal(fs.existsSync(path.join(cluster.dataDir, 'postmaster.pid')), false);
  });

  test('comes back by itself after kill -9 of the postmaster, with its claims', async () => {
    const lines: string[] = [];
    const cluster = await startEmbeddedPostgres({ dir, settings, log: (line) => lines.push(line) });
    await cluster.claim('server');
    const killed = postmasterPid(cluster.dataDir);
    process.kill(killed, 'SIGKILL');
    const again = await startEmbeddedPostgres({ dir, settings });
    assert.notEqual(postmasterPid(again.dataDir), killed);
    assert.equal((await query(again.connection, 'select word from kept'))[0]?.word, '留下');
    await cluster.stop();
    await again.stop();
    assert.match(lines.join('\n'), /bringing it back/);
    assert.equal(fs.existsSync(path.join(cluster.dataDir, 'postmaster.pid')), false);
  });

  test('follows a process that leaves without waiting', async () => {
    const cluster = await startEmbeddedPostgres({ dir, settings });
    const client = new pg.Client(cluster.connection);
    await client.connect();
    cluster.abandon();
    assert.equal((await client.query('select 1 as one')).rows[0].one, 1, 'whoever is connected may finish');
    await client.end();
    const lock = path.join(cluster.dataDir, 'postmaster.pid');
    for (let tries = 0; fs.existsSync(lock) && tries < 100; tries++) await sleep(50);
    assert.equal(fs.existsSync(lock), false);
  });

  test('two processes that start it in the same moment share one', async () => {
    const twin = path.join(root, 'twin');
    const [one, two] = await Promise.all([
      startEmbeddedPostgres({ dir: twin, settings }),
      startEmbeddedPostgres({ dir: twin, settings }),
    ]);
    assert.deepEqual(one.connection, two.connection);
    await Promise.all([one.stop(), two.stop()]);
    assert.equal(fs.existsSync(path.join(one.dataDir, 'postmaster.pid')), false);
  });

  test('puts the socket elsewhere when the path is too long for one', async () => {
    const long = path.join(root, 'a-very-long-name-of-a-folder-'.repeat(4));
    const cluster = await startEmbeddedPostgres({ dir: long, settings });
    assert.ok(Buffer.byteLength(cluster.connection.host) < 90, cluster.connection.host);
    await query(cluster.connection, 'select 1');
    await cluster.stop();
    fs.rmSync(cluster.connection.host, { recursive: true, force: true });
  });

  test('a cluster of another release is refused with one sentence', async () => {
    const old = path.join(root, 'old');
    fs.mkdirSync(path.join(old, 'data'), { recursive: true });
    fs.writeFileSync(path.join(old, 'data/PG_VERSION'), '12\n');
    await assert.rejects(startEmbeddedPostgres({ dir: old, settings }), /holds PostgreSQL 12/);
  });

  test('a wrong setting is reported with the words of PostgreSQL, at once', async () => {
    const wrong = path.join(root, 'wrong');
    const begun = performance.now();
    await assert.rejects(
      startEmbeddedPostgres({ dir: wrong, settings: { ...settings, max_connections: 'many' } }),
      /max_connections/,
    );
    assert.ok(performance.now() - begun < 10_000);
  });
});

test('library links that npm left out are made from the package list', () => {
  const home = fs.mkdtempSync(path.join(root, 'package-'));
  fs.mkdirSync(path.join(home, 'native/lib'), { recursive: true });
  fs.writeFileSync(path.join(home, 'native/lib/libx.so.1.2'), 'library');
  const links = [{ source: 'native/lib/libx.so.1.2', target: 'native/lib/libx.so.1' }];
  fs.writeFileSync(path.join(home, 'native/pg-symlinks.json'), JSON.stringify(links));
  linkLibraries(home);
  linkLibraries(home);
  assert.equal(fs.readFileSync(path.join(home, 'native/lib/libx.so.1'), 'utf8'), 'library');
});

test('the uppermost folder that an account may not enter is named', () => {
  const closed = path.join(root, 'closed');
  fs.mkdirSync(path.join(closed, 'inner'), { recursive: true });
  fs.chmodSync(closed, 0o700);
  const stranger = { uid: 65_534, gid: 65_534 };
  assert.equal(firstClosed(path.join(closed, 'inner'), stranger), closed);
  assert.equal(firstClosed(root, stranger), null);
});
