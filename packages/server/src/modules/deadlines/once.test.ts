import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, test } from 'node:test';
import { buildCentre } from '#server/centre.ts';
import { parts } from '#server/parts.ts';
import type { Built } from '#server/centre.ts';
import type { Part } from '#kernel/centre.ts';
import { sql } from '#kernel/sql.ts';
import type { Database } from '#kernel/sql.ts';
import { openDatabase } from '#kernel/sql.ts';
import { newWorld } from '#testing/world.ts';
import type { World } from '#testing/world.ts';
import type { Actor } from '#kernel/actor.ts';
import { openTicket } from '#modules/tickets/index.ts';

let world: World;
let agent: Actor;
let databases: Database[];

/** A further process on the same database, with a clock of its own that agrees. */
const processOf = (more: readonly Part[] = []): Built => {
  const db = openDatabase(world.connection, { max: 4 });
  databases.push(db);
  return buildCentre({ config: world.config, db, clock: world.clock, parts: [...parts, ...more] });
};
const opened = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i++)
    await world.does(agent, openTicket, {
      customer: { kind: 'person', name: `客户${i}`, phones: [`1380000${String(1000 + i)}`] },
      channel: 'phone',
      category: 'tech.fault',
      urgency: 'critical',
      impact: 'wide',
      subject: '全部中断',
      description: '全部中断',
    });
};
const breaches = async (): Promise<{ n: number; tickets: number }> =>
  world.db.one(
    sql<{
      n: number;
      tickets: number;
    }>`select count(*)::int as n, count(distinct subject_id)::int as tickets from event where type = 'deadline.breached' and data ->> 'kind' = 'start'`,
  );

describe('each thing happens once', () => {
  beforeEach(async () => {
    databases = [];
    world = await newWorld({ at: '2026-03-05T22:00:00+08:00' });
    agent = await world.person('supervisor', { groups: ['tech'] });
  });
  const end = async (): Promise<void> => {
    for (const db of databases) await db.close();
    await world.end();
  };

  test('P94 four processes pump at once: one breach per ticket', async () => {
    await opened(25);
    world.clock.advance(15 * 60_000 + 1);
    const processes = [world.centre, processOf(), processOf(), processOf()];
    await Promise.all(processes.map(({ due }) => due.pump()));
    await Promise.all(processes.map(({ due }) => due.pump()));
    assert.deepEqual(await breaches(), { n: 25, tickets: 25 });
    await end();
  });

  test('P94 a process that dies between claim and commit has done nothing; the next one does it, once', async () => {
    await opened(3);
    world.clock.advance(15 * 60_000 + 1);
    let killed = 0;
    const dying = processOf([
      {
        name: 'death',
        inTransaction: [
          {
            on: ['deadline.breached'],
            react: async ({ tx }) => {
              killed += 1;
              await tx.run(sql`select pg_terminate_backend(pg_backend_pid())`);
            },
          },
        ],
      },
    ]);
    await assert.rejects(dying.due.pump());
    assert.equal(killed, 1);
    assert.deepEqual(await breaches(), { n: 0, tickets: 0 });
    // PostgreSQL says good-bye before it has let go of the dead one's locks; who comes next looks again until then.
    for (let looks = 0; looks < 100 && (await breaches()).n === 0; looks++) {
      await world.centre.due.pump();
      await sleep(20);
    }
    assert.deepEqual(await breaches(), { n: 3, tickets: 3 });
    await end();
  });

  test('a ticket somebody is working on does not hold up the others, and has its turn when it is free', async () => {
    await opened(3);
    world.clock.advance(15 * 60_000 + 1);
    const { id } = await world.db.one(sql<{ id: string }>`select id from ticket order by id limit 1`);
    const busy = processOf();
    await busy.db.transaction(async (tx) => {
      await tx.run(sql`select 1 from ticket where id = ${id}::uuid for update`);
      await world.centre.due.pump();
      assert.deepEqual(await breaches(), { n: 2, tickets: 2 });
    });
    await world.centre.due.pump();
    assert.deepEqual(await breaches(), { n: 3, tickets: 3 });
    await end();
  });

  test('a clock that cannot be ticked is put aside and holds up nobody', async () => {
    await opened(2);
    const { id } = await world.db.one(
      sql<{ id: string }>`select id from deadline where kind = 'start' order by id limit 1`,
    );
    await world.db.run(
      sql`update deadline set ladder = '[{}]', warned_at = started_at, breached_at = due_at, state = 'breached', next_at = due_at, unit = 'business', calendar_id = '00000000-0000-7000-8000-000000000000', ladder_step = 7 where id = ${id}::uuid`,
    );
    world.clock.advance(15 * 60_000 + 1);
    await world.centre.due.pump();
    assert.deepEqual(await breaches(), { n: 1, tickets: 1 });
    const { next_at: parked } = await world.db.one(
      sql<{ next_at: number }>`select next_at from deadline where id = ${id}::uuid`,
    );
    assert.equal(parked, world.clock.now() + 60_000);
    await end();
  });
});
