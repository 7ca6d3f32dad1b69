import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import os from 'node:os';
import { test } from 'node:test';
import { ConfigError } from './config.ts';
import { provideDatabase } from './provide-database.ts';

const unreachable = (error: unknown): boolean => {
  assert.ok(error instanceof ConfigError);
  assert.match(error.message, /Bad setting DATABASE_URL: the database cannot be reached/);
  assert.doesNotMatch(error.message, /hush|\n/);
  return true;
};

test('P102 a database that does not answer is reported in one line without the password', async () => {
  const server = net.createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  const databaseUrl = `postgresql://zhike:hush@127.0.0.1:${port}/zhike`;
  await assert.rejects(provideDatabase({ databaseUrl, dataDir: os.tmpdir() }), unreachable);
  server.close();
  await once(server, 'close');
  await assert.rejects(provideDatabase({ databaseUrl, dataDir: os.tmpdir() }), unreachable);
});
