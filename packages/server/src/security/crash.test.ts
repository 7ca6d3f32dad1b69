/** The server as a process of its own, killed, stopped and cut off from its database. */
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { freePort, newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import { systemActor } from '#kernel/actor.ts';
import { send } from '#kernel/command.ts';
import { sql } from '#kernel/sql.ts';
import { createToken } from '#modules/identity/index.ts';
import { caller } from './client.ts';
import type { Caller } from './client.ts';

let world: World;
let port = 0;
let child: ChildProcess | undefined;
let call: Caller;
const entry = path.resolve(import.meta.dirname, 'process.ts');

const ready = async (limitMs = 10_000) => {
  const begun = performance.now();
  for (;;) {
    const ok = await fetch(`http://127.0.0.1:${port}/ready`).then(
      ({ status }) => status === 200,
      () => false,
    );
    if (ok) return performance.now() - begun;
    if (performance.now() - begun > limitMs) throw new Error('not ready in time');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};
const start = async () => {
  child = spawn(process.execPath, [entry], {
    env: {
      ...process.env,
      ZHIKE_CONNECTION: JSON.stringify(world.connection),
      PORT: String(port),
      DATA_DIR: world.config.dataDir,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await ready(20_000);
};
before(async () => {
  world = await newWorld({ realTime: true });
  const admin = await world.person('admin');
  const token = `zk_${world.centre.ids.secret(32)}`;
  await send(world.centre, createToken, { userId: admin.id, name: 'crash', token }, systemActor('test'));
  port = await freePort();
  call = caller(`http://127.0.0.1:${port}`, { authorization: `Bearer ${token}` });
  await start();
});
after(async () => {
  child?.kill('SIGKILL');
  await world.end();
});

test(
  'P81 P82 killed under writers, the server loses nothing it acknowledged and doubles nothing',
  { timeout: 90_000 },
  async () => {
    const acknowledged = new Map<string, string>();
    let stop = false;
    const writer = async () => {
      while (!stop) {
        const key = randomUUID();
        // The same key until an answer comes: what an honest client does when the line breaks.
        for (let tries = 0; tries < 200 && !stop; tries++) {
          const answer = await call('POST', '/customers', {
            body: { kind: 'person', name: `写入 ${key}` },
            headers: { 'idempotency-key': key },
          }).catch(() => undefined);
          if (answer?.status === 201) {
            acknowledged.set(key, answer.body.id as string);
            break;
          }
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
      }
    };
    const writers = Array.from({ length: 8 }, writer);
    for (let round = 0; round < 4; round++) {
      await new Promise((resolve) => setTimeout(resolve, 900));
      const died = new Promise((resolve) => child!.once('exit', resolve));
      child!.kill('SIGKILL');
      await died;
      await start();
    }
    stop = true;
    await Promise.all(writers);
    const rows = await world.db.all(
      sql<{ id: string; name: string }>`select id, name from customer where name like '写入 %'`,
    );
    const byName = new Map(rows.map(({ id, name }) => [name, id]));
    assert.ok(acknowledged.size > 20, `${acknowledged.size} writes`);
    assert.equal(byName.size, rows.length, 'no name stands twice');
    for (const [key, id] of acknowledged) assert.equal(byName.get(`写入 ${key}`), id);
    const { gaps } = await world.db.one(
      sql<{
        gaps: number;
      }>`select count(*)::int as gaps from (select position - lag(position) over (order by position) as step from stream) s where step <> 1`,
    );
    assert.equal(gaps, 0);
  },
);

test(
  'P83 when the database drops every connection, the process stays, says 503 and comes back by itself',
  { timeout: 30_000 },
  async () => {
    const before = child!.pid;
    await world.db.pool.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    const answers = await Promise.all(Array.from({ length: 8 }, () => call('GET', '/tickets')));
    assert.ok(
      answers.every(({ status }) => status === 200 || status === 503),
      answers.map(({ status }) => status).join(),
    );
    const recovered = await ready(5000);
    assert.ok(recovered < 5000);
    assert.equal((await call('GET', '/tickets')).status, 200);
    assert.equal(child!.pid, before);
    assert.equal(child!.exitCode, null);
  },
);

test(
  'P87 asked to stop, the server finishes what it accepted and leaves with 0',
  { timeout: 30_000 },
  async () => {
    const pending = Array.from({ length: 10 }, (_, n) =>
      call('POST', '/customers', { body: { kind: 'person', name: `收尾 ${n}` } }),
    );
    await new Promise((resolve) => setTimeout(resolve, 30));
    const exited = new Promise<number | null>((resolve) => child!.once('exit', resolve));
    child!.kill('SIGTERM');
    const answers = await Promise.allSettled(pending);
    assert.ok(
      answers.every((answer) =>
        answer.status === 'fulfilled'
          ? answer.value.status === 201
          : /fetch failed|ECONNREFUSED|ECONNRESET/.test(String(answer.reason)),
      ),
    );
    const accepted = answers.filter((answer) => answer.status === 'fulfilled').length;
    assert.equal(await exited, 0);
    const { n } = await world.db.one(
      sql<{ n: number }>`select count(*)::int as n from customer where name like '收尾 %'`,
    );
    assert.ok(n >= accepted);
  },
);
