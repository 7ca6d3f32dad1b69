/**
 * A world for a test: its own cloned database, a fake clock, the whole centre in this process. `given` makes
 * people and things by commands, never by inserts.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { buildCentre } from '../centre.ts';
import type { Built } from '../centre.ts';
import { installCentre } from '../install.ts';
import { serve } from '../serve.ts';
import type { Serving } from '../serve.ts';
import type { Actor } from '#kernel/actor.ts';
import { systemActor } from '#kernel/actor.ts';
import { fakeClock, systemClock } from '#kernel/clock.ts';
import type { FakeClock } from '#kernel/clock.ts';
import type { Command } from '#kernel/command.ts';
import { send } from '#kernel/command.ts';
import type { Config } from '#kernel/config.ts';
import { readConfig } from '#kernel/config.ts';
import { migrate } from '#kernel/migrate.ts';
import { openDatabase } from '#kernel/sql.ts';
import { createToken, createUser, userById, toActor } from '#modules/identity/index.ts';
import type { TSchema, Static } from '#contracts/schema.ts';
import type { RoleKey } from '#contracts/permissions.ts';
import { sharedCluster } from './cluster.ts';

/** Made once per process: a migrated database that every test clones. */
let template: Promise<string> | undefined;
const makeTemplate = async (): Promise<string> => {
  const cluster = await sharedCluster();
  const name = `zhike_template_${process.pid}_${randomBytes(3).toString('hex')}`;
  await administer(`create database ${name}`);
  await migrate({ ...cluster, database: name });
  const db = openDatabase({ ...cluster, database: name });
  await installCentre(
    buildCentre({ config: testConfig('/nonexistent'), db, clock: fakeClock('2026-01-01T00:00:00Z') }),
  );
  await db.close();
  return name;
};

/**
 * The next world's database, cloned while a test still uses its own: a clone waits 0.3–0.7 s for checkpoints and
 * 600 files, a case of a pack needs no longer for everything else.
 */
let spare: Promise<string> | undefined;
const clone = async (): Promise<string> => {
  const source = await (template ??= makeTemplate());
  const name = `zhike_test_${randomBytes(6).toString('hex')}`;
  await administer(`create database ${name} template ${source} strategy file_copy`);
  return name;
};
const takeClone = (): Promise<string> => {
  const taken = spare ?? clone();
  spare = taken.then(clone);
  spare.catch(() => {}); // whoever takes it hears of it
  return taken;
};
/** Autovacuum may be at work in it, which a role of no rank cannot end (42501): it is soon done. */
const drop = async (name: string, tries = 20): Promise<void> => {
  try {
    await administer(`drop database if exists ${name} with (force)`);
  } catch (error) {
    if ((error as { code?: string }).code !== '42501' || tries === 0) throw error;
    await sleep(100);
    await drop(name, tries - 1);
  }
};
/** When no more worlds are wanted. */
export const leaveSpareWorld = async (): Promise<void> => {
  const name = await spare?.catch(() => undefined);
  spare = undefined;
  if (name) await drop(name);
};
const administer = async (statement: string): Promise<void> => {
  const admin = new pg.Client(await sharedCluster());
  await admin.connect();
  await admin.query(statement).finally(() => admin.end());
};

export const testConfig = (dataDir: string, overrides: Partial<Config> = {}): Config => ({
  ...readConfig({ PORT: '7300', DATA_DIR: dataDir, LOG_LEVEL: 'silent' }),
  secret: 'test secret, at least thirty-two characters',
  ...overrides,
});

/** A port that is free now, below those that the system gives out: no connection of another test takes it meanwhile. */
export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const port = 10_000 + Math.floor(Math.random() * 20_000);
    const probe = net
      .createServer()
      .once('error', () => resolve(freePort()))
      .listen(port, '127.0.0.1', () => probe.close(() => resolve(port)));
  });

export type World = {
  centre: Built;
  clock: FakeClock;
  db: Built['db'];
  config: Config;
  connection: pg.PoolConfig;
  /** Sends a command as somebody and lets every consequence of this instant happen. */
  does<I extends TSchema, R>(actor: Actor, definition: Command<I, R>, input: Static<I>): Promise<R>;
  /** A member of staff with a role, in groups by key. */
  person(
    role: RoleKey,
    options?: { groups?: string[]; name?: string; maxChats?: number; email?: string },
  ): Promise<Actor>;
  /** An API token of somebody. */
  token(actor: Actor): Promise<string>;
  /** Moves time forward through every wake on the way. */
  until(instant: string | number): Promise<void>;
  later(duration: { seconds?: number; minutes?: number; hours?: number; days?: number }): Promise<void>;
  /** Serves the centre on a free port; the base address. */
  listen(): Promise<Serving & { base: string; files: string }>;
  end(): Promise<void>;
};

/** `at` is an instant such as `2026-02-13T10:00:00+08:00`. `realTime` uses the system clock for tests of sockets and processes. */
export const newWorld = async ({
  at = '2026-11-18T10:00:00+08:00',
  realTime = false,
}: { at?: string; realTime?: boolean } = {}): Promise<World> => {
  const cluster = await sharedCluster();
  const name = await takeClone();
  const connection = { ...cluster, database: name };
  // A machine at its limit may need longer than a server should: a reaction that found no connection waits for a clock
  // that a test does not move.
  const db = openDatabase({ ...connection, connectionTimeoutMillis: 15_000 }, { max: 4, readers: 3 });
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'zhike-'));
  const clock = realTime ? { ...systemClock, set: () => {}, advance: () => {} } : fakeClock(at);
  // Stories in a browser see only that something failed: what it was stands in their output.
  const config = testConfig(dataDir, realTime ? { logLevel: 'error' } : {});
  const centre = buildCentre({ config, db, clock });
  const servings: Serving[] = [];
  let people = 0;

  const does: World['does'] = async (actor, definition, input) => {
    const result = await send(centre, definition, input, actor);
    await centre.settle();
    return result;
  };
  const until = async (instant: string | number) => {
    const target = typeof instant === 'number' ? instant : Date.parse(instant);
    for (;;) {
      await centre.settle();
      const next = await centre.due.nextAt();
      if (next === null || next > target) break;
      clock.set(Math.max(next, clock.now()));
    }
    clock.set(target);
    await centre.settle();
  };
  return {
    centre,
    clock,
    db,
    config,
    connection,
    does,
    until,
    later: ({ seconds = 0, minutes = 0, hours = 0, days = 0 }) =>
      until(clock.now() + seconds * 1000 + minutes * 60_000 + hours * 3_600_000 + days * 86_400_000),
    person: async (role, { groups = [], name: given, maxChats, email } = {}) => {
      const n = (people += 1);
      const groupIds = (
        await db.pool.query<{ id: string }>('select id from skill_group where key = any($1)', [groups])
      ).rows.map(({ id }) => id);
      const id = await send(
        centre,
        createUser,
        {
          email: email ?? `${role}${n}@test.example`,
          name: given ?? `${role} ${n}`,
          roles: [role],
          groupIds,
          maxChats,
          password: 'correct horse battery',
          demoPassword: true,
        },
        systemActor('test'),
      );
      return toActor((await userById(db, id))!);
    },
    token: async (actor) => {
      const token = `zk_${randomBytes(24).toString('hex')}`;
      await send(centre, createToken, { name: 'test', token, userId: actor.id }, systemActor('test'));
      return token;
    },
    listen: async () => {
      [config.port, config.filesPort] = [await freePort(), await freePort()];
      config.publicUrl = `http://127.0.0.1:${config.port}`;
      config.filesUrl = `http://127.0.0.1:${config.filesPort}`;
      const serving = await serve(centre, { checkAnswers: true, limiterFactor: 100 });
      servings.push(serving);
      return { ...serving, base: config.publicUrl, files: config.filesUrl };
    },
    end: async () => {
      for (const serving of servings) await serving.close();
      await db.close();
      rmSync(dataDir, { recursive: true, force: true });
      await drop(name);
    },
  };
};
