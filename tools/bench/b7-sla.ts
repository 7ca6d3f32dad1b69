/**
 * B7 sla: armed clocks on business calendars. Ten thousand fall due at once, some fall due alone, the rest sleep.
 * The limit of the same run is the bare statement that any timer must at least do: delete, event, ticket update.
 */
import { randomBytes } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { systemClock } from '#kernel/clock.ts';
import { migrate } from '#kernel/migrate.ts';
import { openDatabase, sql } from '#kernel/sql.ts';
import type { Database } from '#kernel/sql.ts';
import { buildCentre } from '#server/centre.ts';
import type { Built } from '#server/centre.ts';
import { installCentre } from '#server/install.ts';
import { sharedCluster } from '#testing/cluster.ts';
import { testConfig } from '#testing/world.ts';
import type { Figure } from './b8-calendar.ts';

const year = 365 * 86_400_000;
const batch = 500;

/** `scale` clocks armed (20,000 unless told; 1,000,000 for the full figure), `burst` of them due at once, `alone` one by one. */
export async function run({
  scale = 20_000,
  burst = 10_000,
  alone = 40,
}: { scale?: number; burst?: number; alone?: number } = {}): Promise<Figure> {
  const cluster = await sharedCluster();
  const name = `zhike_bench_${randomBytes(4).toString('hex')}`;
  const admin = new pg.Client(cluster);
  await admin.connect();
  await admin.query(`create database ${name}`);
  const db = openDatabase({ ...cluster, database: name });
  try {
    await migrate({ ...cluster, database: name });
    const centre = buildCentre({ config: testConfig(path.join(os.tmpdir(), name)), db, clock: systemClock });
    await installCentre(centre);
    await arm(db, scale, burst);

    const idleUs = await idle(centre);
    const limit = await limitOf(db, burst);
    const fired = await fireBurst(centre, burst);
    const late = await lateness(centre, alone);
    return {
      workload: 'B7 sla',
      figure: Math.round(fired.perSecond),
      limit: Math.round(limit),
      ratio: fired.perSecond / limit,
      unit: 'breaches/s',
      detail: {
        armed: scale,
        burst,
        burstMs: Math.round(fired.ms),
        latenessP50Ms: percentile(late, 0.5),
        latenessP99Ms: percentile(late, 0.99),
        idleRoundUs: Math.round(idleUs),
        /** One round a second; all of it counted as if it were CPU of one core. */
        idleCpuPercent: Math.round(idleUs / 100) / 100,
      },
    };
  } finally {
    await db.close();
    await admin.query(`drop database if exists ${name} with (force)`);
    await admin.end();
  }
}

/** A ticket for each clock of the burst, and `scale` clocks of the working calendar that are due in a year. */
async function arm(db: Database, scale: number, tickets: number): Promise<void> {
  const later = new Date(Date.now() + year);
  await db.run(
    sql`insert into customer (id, number, kind, name, created_at, updated_at) values (gen_random_uuid(), 'C1', 'person', '客户', ${later}, ${later})`,
  );
  await db.run(
    sql`insert into thread (id, of) select gen_random_uuid(), 'ticket' from generate_series(1, ${tickets}::int)`,
  );
  await db.run(sql`
    insert into ticket (id, number, status, priority, priority_why, urgency, impact, category, subject, description, channel, customer_id, customer_name, customer_level, group_id, policy_version, created_at, updated_at, next_due_at, next_due_kind, next_due_state)
    select t.id, 'T' || row_number() over (), 'in_progress', 'P3', '', 'medium', 'group', 'tech.fault', '', '', 'phone', c.id, '客户', 'normal', g.id, 1, ${later}, ${later}, ${later}, 'resolve', 'running'
    from thread t, customer c, (select id from skill_group limit 1) g`);
  // Chunks, so that no statement comes near its time limit on a slow disk.
  for (let done = 0; done < scale; done += 100_000)
    await db.run(sql`
      insert into deadline (id, subject_type, subject_id, kind, state, unit, calendar_id, policy_version, target_minutes, warn_fraction, ladder, started_at, due_at, next_at)
      select gen_random_uuid(), 'ticket', t.id, 'resolve', 'running', 'business', c.id, 1, 1620, 1, '[{"afterMinutes": 60, "notify": "lead"}]', ${later}, ${later}::timestamptz + make_interval(secs => n), ${later}::timestamptz + make_interval(secs => n)
      from generate_series(1, ${Math.min(100_000, scale - done)}::int) n join (select id, row_number() over () as k from ticket) t on t.k = 1 + n % ${tickets}::int, (select id from calendar where standard) c`);
  await db.run(sql`analyze deadline`);
  await db.run(sql`analyze ticket`);
}

/** A round in which nothing is due, in µs. */
async function idle(centre: Built): Promise<number> {
  const rounds = 300;
  await centre.due.pump();
  const begin = performance.now();
  for (let i = 0; i < rounds; i++) {
    await centre.due.pump();
    await centre.due.nextAt();
  }
  return ((performance.now() - begin) * 1000) / rounds;
}

async function limitOf(db: Database, count: number): Promise<number> {
  await db.run(
    sql`create table bare_timer (id uuid primary key, ticket_id uuid not null, due_at timestamptz not null)`,
  );
  await db.run(sql`create index on bare_timer (due_at)`);
  await db.run(
    sql`insert into bare_timer select gen_random_uuid(), id, created_at from ticket limit ${count}::int`,
  );
  const begin = performance.now();
  for (let left = count; left > 0; left -= batch)
    await db.transaction((tx) =>
      tx.run(sql`
      with due as (select id from bare_timer where due_at <= 'infinity' order by due_at limit ${batch} for update skip locked),
      fired as (delete from bare_timer b using due where b.id = due.id returning b.ticket_id, b.due_at),
      told as (insert into event (id, type, at, subject_type, subject_id, data, actor_kind, actor_id, depth) select gen_random_uuid(), 'bare', due_at, 'ticket', ticket_id, '{}', 'system', '', 1 from fired)
      update ticket t set next_due_state = 'breached' from fired where t.id = fired.ticket_id`),
    );
  return (count / (performance.now() - begin)) * 1000;
}

/** Lets the earliest clock of each ticket be due now and fires them all. */
async function fireBurst(centre: Built, count: number): Promise<{ perSecond: number; ms: number }> {
  const { db } = centre;
  const now = new Date(Date.now() - 1000);
  await db.run(sql`update ticket set next_due_state = 'running', next_due_at = ${now}`);
  await db.run(
    sql`update deadline set due_at = ${now}, next_at = ${now} where id in (select distinct on (subject_id) id from deadline order by subject_id, due_at limit ${count}::int)`,
  );
  await db.run(sql`vacuum analyze deadline`);
  const begin = performance.now();
  await centre.due.pump();
  const ms = performance.now() - begin;
  const { told, once } = await db.one(
    sql<{
      told: number;
      once: number;
    }>`select count(*)::int as told, count(distinct data ->> 'deadlineId')::int as once from event where type = 'deadline.breached'`,
  );
  if (told !== count || once !== count)
    throw new Error(`${count} clocks were due, ${told} breaches were told about ${once} of them`);
  return { perSecond: (count / ms) * 1000, ms };
}

/** How long after its instant a clock that falls due alone has been fired and committed, in ms, sorted. */
async function lateness(centre: Built, count: number): Promise<number[]> {
  const { db } = centre;
  const commits: number[] = [];
  const { stir } = centre;
  centre.stir = () => {
    commits.push(Date.now());
    stir();
  };
  const begin = Date.now() + 1500;
  const instants = Array.from({ length: count }, (_, i) => begin + i * 137);
  const rows = await db.all(
    sql<{ id: string }>`select id from deadline where state = 'running' limit ${count}`,
  );
  for (const [i, { id }] of rows.entries())
    await db.run(
      sql`update deadline set due_at = ${new Date(instants[i]! - 1)}, next_at = ${new Date(instants[i]!)} where id = ${id}::uuid`,
    );
  centre.due.start();
  await new Promise((resolve) => setTimeout(resolve, instants.at(-1)! - Date.now() + 1500));
  await centre.due.stop();
  return instants
    .map((instant) => (commits.find((commit) => commit >= instant) ?? Infinity) - instant)
    .toSorted((a, b) => a - b);
}

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;

if (import.meta.main) {
  console.log(JSON.stringify(await run({ scale: Number(process.argv[2] ?? 20_000) })));
  process.exit(0);
}
