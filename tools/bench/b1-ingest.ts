/** B1 ingest-api: POST a ticket with a new customer, durable, with auth, validation, clocks, routing, audit, outbox. Limit: one hand-written CTE of the same rows. */
import pg from 'pg';
import { randomUUID } from 'node:crypto';
import type { BenchWorld } from './world.ts';
import { run, runDirect } from './load.ts';
import type { Figure } from './main.ts';

const body = (n: number) =>
  JSON.stringify({
    customer: {
      kind: 'person',
      name: `压测客户${n}`,
      phones: [`139${String(10_000_000 + (n % 90_000_000))}`],
    },
    channel: 'api',
    category: 'tech.fault',
    urgency: 'high',
    impact: 'group',
    subject: `第 ${n} 次故障报修`,
    description: '【现象】开机后屏幕闪烁。\n【开始时间】今天上午\n【已尝试】重启两次无效',
  });

const statement = `with c as (insert into customer (id, number, kind, name, created_at, updated_at) values ($1, $2, 'person', $3, now(), now()) returning id),
 i as (insert into customer_identity (id, customer_id, kind, value, raw, created_at) select $4, id, 'phone', $5, $5, now() from c),
 h as (insert into thread (id, of, last_message) values ($6, 'ticket', $7)),
 t as (insert into ticket (id, number, status, priority, priority_why, urgency, impact, category, subject, description, channel, customer_id, customer_name, customer_level, policy_version, created_at, updated_at) select $6, $8, 'pooled', 'P2', 'x', 'high', 'group', 'tech.fault', $7, $7, 'api', id, $3, 'normal', 1, now(), now() from c returning id),
 e as (insert into event (id, type, at, subject_type, subject_id, data, actor_kind, actor_id, depth) select $9, 'ticket.opened', now(), 'ticket', id, '{}', 'user', 'x', 1 from t),
 d as (insert into deadline (id, subject_type, subject_id, kind, state, unit, policy_version, target_minutes, warn_fraction, ladder, started_at, due_at, next_at) select gen_random_uuid(), 'ticket', t.id, k, 'running', 'wall', 1, 60, 0.8, '[]', now(), now() + interval '1 hour', now() + interval '50 minutes' from t, unnest(array['respond','resolve']) k)
 insert into due (kind, key, at, data) select 'bench', id::text, 'infinity', '{}' from t`;

/** Waits until no reaction is queued any more; ms. */
const drained = async (pool: pg.Pool): Promise<number> => {
  const begun = performance.now();
  while ((await pool.query('select 1 from delivery where not dead limit 1')).rows.length > 0)
    await new Promise((resolve) => setTimeout(resolve, 50));
  return performance.now() - begun;
};

export const b1 = async (world: BenchWorld, seconds = 6): Promise<Figure[]> => {
  await run({
    base: world.base,
    token: world.token,
    concurrency: 8,
    seconds: 2,
    ask: (n) => ({ method: 'POST', path: '/api/v1/tickets', body: body(1_000_000 + n) }),
  });
  const pool = new pg.Pool({ ...world.connection, max: 8 });
  // As a centre that has been open for a minute: autovacuum has looked at its tables.
  await drained(pool);
  await pool.query('vacuum analyze');
  const cpu = world.cpuSeconds();
  const databaseCpu = world.databaseCpuSeconds();
  const ours = await run({
    base: world.base,
    token: world.token,
    concurrency: 32,
    seconds,
    ask: (n) => ({ method: 'POST', path: '/api/v1/tickets', body: body(n) }),
  });
  // What was queued belongs to the tickets too, and would disturb what is measured next.
  const queueMs = await drained(pool);
  const cpuUs = ((world.cpuSeconds() - cpu) / ours.count) * 1e6;
  const databaseUs = ((world.databaseCpuSeconds() - databaseCpu) / ours.count) * 1e6;
  const mark = randomUUID().slice(0, 8);
  const limit = await runDirect(8, seconds, (n) =>
    pool.query({
      name: 'limit',
      text: statement,
      values: [
        randomUUID(),
        `L${mark}${n}`,
        `压测客户${n}`,
        randomUUID(),
        `+86139${n}`,
        randomUUID(),
        `第 ${n} 次故障报修`,
        `L${mark}-${n}`,
        randomUUID(),
      ],
    }),
  );
  await pool.query("delete from due where kind = 'bench'");
  await pool.end();
  return [
    {
      workload: 'B1 ingest-api c=32',
      value: ours.perSecond,
      unit: '/s',
      limit: limit.perSecond,
      ratio: ours.perSecond / limit.perSecond,
      target: '≥1500/s, ratio ≥0.45',
      note: `p50 ${ours.p50.toFixed(1)} ms, p99 ${ours.p99.toFixed(1)} ms, ${cpuUs.toFixed(0)} µs server CPU and ${databaseUs.toFixed(0)} µs PostgreSQL CPU each, queue empty ${queueMs.toFixed(0)} ms later, ${ours.errors} errors`,
      peers: 'osTicket 36.8/s, FreeScout 26.5/s, RT 4.2/s',
    },
  ];
};
