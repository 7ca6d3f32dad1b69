/** The bundle is what people run while every other test runs from the sources: it must start, serve and stop. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { freePort, newWorld } from '#testing/world.ts';
import { ROOT } from './say.ts';

test('npm start runs the bundle: migrations, contracts, screens and workers are found from there', async (t) => {
  const world = await newWorld();
  t.after(() => world.end());
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'zhike-bundle-'));
  t.after(() => rmSync(dataDir, { recursive: true, force: true }));
  const { host, port, user, password, database } = world.connection;
  const url = `postgresql://${user}:${encodeURIComponent(String(password ?? ''))}@localhost:${port}/${database}?host=${encodeURIComponent(host!)}`;
  const [own, next] = [await freePort(), await freePort()];
  const child = spawn(process.execPath, [path.join(ROOT, 'tools/start.mjs')], {
    env: {
      ...process.env,
      DATABASE_URL: url,
      DATA_DIR: dataDir,
      PORT: String(own),
      FILES_URL: `http://127.0.0.1:${next}`,
      ZHIKE_EMPTY: '1',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => child.kill('SIGKILL'));
  let said = '';
  child.stdout.on('data', (words: Buffer) => (said += String(words)));
  const ready = (async () => {
    while (!said.includes('Zhike is ready')) await once(child.stdout, 'data');
  })();
  await Promise.race([
    ready,
    once(child, 'exit').then(() => assert.fail(`the server ended by itself:\n${said}`)),
  ]);
  assert.doesNotMatch(said, /no bundle could be made/);
  for (const place of ['/live', '/openapi.json', '/docs', '/portal/']) {
    const answer = await fetch(`http://127.0.0.1:${own}${place}`);
    assert.equal(answer.status, 200, place);
  }
  // Libraries that read files of their own are found too: fonts on paper, sheets.
  const token = await world.token(await world.person('admin'));
  for (const format of ['pdf', 'xlsx', 'csv']) {
    const answer = await fetch(
      `http://127.0.0.1:${own}/api/v1/records/return_request/export?format=${format}`,
      { headers: { authorization: `Bearer ${token}` } },
    );
    assert.equal(answer.status, 200, format);
    const bytes = Buffer.from(await answer.arrayBuffer());
    assert.ok(bytes.byteLength > 50, format);
    if (format === 'pdf') continue;
    // What was given comes back: a thread of its own reads it.
    const read = await fetch(`http://127.0.0.1:${own}/api/v1/records/return_request/import`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ format, content: bytes.toString('base64'), dryRun: true }),
    });
    assert.equal(read.status, 200, `${format} is read`);
  }
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  assert.deepEqual(await ended, [0, null]);
});
