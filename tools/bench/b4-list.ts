/** B4 list, B5 open: newest 50 of several views and one long ticket, over a filled table. Limits: the same SQL straight. */
import pg from 'pg';
import type { BenchWorld } from './world.ts';
import { run, runDirect } from './load.ts';
import type { Figure } from './main.ts';
import { seedThreeRuns } from './runs.ts';

/** Fills by SQL: measuring reads needs rows, not history. 15 % stay open, as in the figures of the peers. */
export const fill = async (world: BenchWorld, scale: number): Promise<void> => {
  const client = new pg.Client(world.connection);
  await client.connect();
  await client.query(
    `with g as (select array_agg(id) ids from skill_group), c as (insert into customer (id, number, kind, name, created_at, updated_at) select gen_random_uuid(), 'F' || n, 'person', '客户' || n, now(), now() from generate_series(1, least(1000, $1 / 10)) n returning id),
    cs as (select array_agg(id) ids from c), rows as (select n, gen_random_uuid() id from generate_series(1, $1) n), th as (insert into thread (id, of) select id, 'ticket' from rows)
    insert into ticket (id, number, status, priority, priority_why, urgency, impact, category, subject, description, channel, customer_id, customer_name, customer_level, group_id, assignee_id, policy_version, last_message, last_message_at, next_due_at, next_due_kind, next_due_state, created_at, updated_at)
    select r.id, 'F' || r.n, case when r.n % 100 < 85 then 'closed' else 'in_progress' end, 'P' || (1 + r.n % 4), 'x', 'medium', 'single', 'tech.fault', '第 ' || r.n || ' 号问题:设备无法启动', '描述', 'phone', cs.ids[1 + r.n % cardinality(cs.ids)], '客户' || (r.n % 1000), 'normal', g.ids[1 + r.n % cardinality(g.ids)], case when r.n % 7 = 0 then $2::uuid end, 1, '最近一条消息的预览文字', now(), case when r.n % 100 >= 85 then now() + r.n * interval '1 second' end, 'resolve', 'running', now() - r.n * interval '1 minute', now() - r.n * interval '30 seconds'
    from rows r, g, cs`,
    [scale, world.userId],
  );
  await client.query(
    "insert into message (id, thread_id, seq, at, visibility, author_kind, author_name, body) select gen_random_uuid(), t.id, n, now() - (2000 - n) * interval '1 minute', 'public', 'customer', '客户', '第 ' || n || ' 条消息:请问进展如何' from (select id from ticket order by id limit 1) t, generate_series(1, 2000) n",
  );
  await client.query('vacuum analyze');
  await client.end();
};

const views = [
  '/api/v1/tickets?view=mine',
  '/api/v1/tickets?view=open',
  '/api/v1/tickets?view=group',
  '/api/v1/tickets?view=open&sort=due',
];

/** Cursors of random places of the open list, up to half of it down; made by SQL, since walking there would take minutes. */
const deepCursors = async (world: BenchWorld): Promise<string[]> => {
  const client = new pg.Client(world.connection);
  await client.connect();
  const { rows } = await client.query<{ at: number; id: string }>(
    `select (extract(epoch from updated_at) * 1000)::float8 as at, id from (select updated_at, id, row_number() over (order by updated_at desc, id desc) as n, count(*) over () as of from ticket where status not in ('closed', 'archived', 'cancelled')) t where n < of / 2 and n % greatest(of / 200, 1) = 7`,
  );
  await client.end();
  return rows.map(({ at, id }) => Buffer.from(JSON.stringify([Math.floor(at), id])).toString('base64url'));
};

const nextView = (n: number) => ({ method: 'GET', path: views[n % views.length]! });

export const b4 = async (world: BenchWorld, scale: number, seconds = 4): Promise<Figure[]> => {
  await run({ base: world.base, token: world.token, concurrency: 4, seconds: 1, ask: nextView });
  const single = await run({ base: world.base, token: world.token, concurrency: 1, seconds, ask: nextView });
  const cursors = await deepCursors(world);
  const place = (n: number) => `/api/v1/tickets?view=open&cursor=${cursors[(n * 7919) % cursors.length]!}`;
  const first = await run({
    base: world.base,
    token: world.token,
    concurrency: 1,
    seconds: seconds / 2,
    ask: () => ({ method: 'GET', path: '/api/v1/tickets?view=open' }),
  });
  const deep = await run({
    base: world.base,
    token: world.token,
    concurrency: 1,
    seconds: seconds / 2,
    ask: (n) => ({ method: 'GET', path: place(n) }),
  });
  const cpu = world.cpuSeconds();
  const eight = await run({ base: world.base, token: world.token, concurrency: 8, seconds, ask: nextView });
  const cpuUs = ((world.cpuSeconds() - cpu) / eight.count) * 1e6;
  const pool = new pg.Pool({ ...world.connection, max: 4 });
  const columns =
    'id, number, status, priority, category, subject, channel, customer_id, customer_name, customer_level, assignee_id, group_id, next_due_at, next_due_kind, next_due_state, last_message, created_at, updated_at';
  const limit = await runDirect(4, seconds, () =>
    pool.query({
      name: 'open50',
      text: `select ${columns} from ticket where status not in ('closed', 'archived', 'cancelled') order by updated_at desc, id desc limit 50`,
    }),
  );
  await pool.end();
  return [
    {
      workload: `B4 list ${scale} c=1`,
      value: single.p50,
      unit: 'ms p50',
      target: '≤1.2 ms, p99 ≤8 ms',
      note: `p99 ${single.p99.toFixed(1)} ms, ${single.errors} errors`,
      peers: 'Libredesk SQL 1,650–16,000 ms at 1M; RT 394 ms at 100k',
    },
    {
      workload: `B4 list ${scale} random deep page c=1`,
      value: deep.p50,
      unit: 'ms p50',
      limit: first.p50,
      ratio: deep.p50 / first.p50,
      target: '≤1.5 × the first page',
      note: `p99 ${deep.p99.toFixed(1)} ms, ${deep.errors} errors; the limit is the first page`,
      peers: 'OFFSET: 0.7–1.3 pages a second at 1M',
    },
    {
      workload: `B4 list ${scale} c=8`,
      value: eight.perSecond,
      unit: '/s',
      limit: limit.perSecond,
      ratio: eight.perSecond / limit.perSecond,
      target: '≥2000/s, ratio ≥0.25 (row form)',
      note: `${cpuUs.toFixed(0)} µs server CPU each, ${eight.errors} errors`,
    },
  ];
};

/** The ticket of 2,000 messages. */
const longTicket = async (world: BenchWorld): Promise<string> => {
  const client = new pg.Client(world.connection);
  await client.connect();
  const { rows } = await client.query<{ id: string }>(
    'select thread_id as id from message group by thread_id having count(*) = 2000 limit 1',
  );
  await client.end();
  return rows[0]!.id;
};

/** B5 with three runs on the ticket: the page, and beside it what the step panel asks for. */
export const b5Runs = async (world: BenchWorld, seconds = 3): Promise<Figure[]> => {
  const id = await longTicket(world);
  await seedThreeRuns(world, id);
  const figures: Figure[] = [];
  for (const [what, path, target] of [
    ['page', `/api/v1/tickets/${id}/page`, '≤1 ms'],
    ['its runs', `/api/v1/runs?ticketId=${id}`, '≤3 ms'],
  ] as const) {
    const ask = () => ({ method: 'GET', path });
    await run({ base: world.base, token: world.token, concurrency: 4, seconds: 1, ask });
    const cpu = world.cpuSeconds();
    const single = await run({
      base: world.base,
      token: world.token,
      concurrency: 1,
      seconds,
      ask,
    });
    const cpuUs = ((world.cpuSeconds() - cpu) / single.count) * 1e6;
    figures.push({
      workload: `B5 with three runs on the ticket: ${what} c=1`,
      value: single.p50,
      unit: 'ms p50',
      target,
      note: `p99 ${single.p99.toFixed(1)} ms, ${cpuUs.toFixed(0)} µs server CPU each, ${single.errors} errors`,
    });
  }
  return figures;
};

export const b5 = async (world: BenchWorld, seconds = 4): Promise<Figure[]> => {
  const id = await longTicket(world);
  const ask = () => ({ method: 'GET', path: `/api/v1/tickets/${id}/page` });
  await run({ base: world.base, token: world.token, concurrency: 4, seconds: 1, ask });
  const single = await run({ base: world.base, token: world.token, concurrency: 1, seconds, ask });
  const cpu = world.cpuSeconds();
  const eight = await run({ base: world.base, token: world.token, concurrency: 8, seconds, ask });
  const cpuUs = ((world.cpuSeconds() - cpu) / eight.count) * 1e6;
  const pool = new pg.Pool({ ...world.connection, max: 4 });
  const limit = await runDirect(4, seconds, () =>
    pool.query({
      name: 'open20',
      text: 'select t.*, (select jsonb_agg(m) from (select * from message where thread_id = t.id order by seq desc limit 20) m) as messages, to_jsonb(c) from ticket t join customer c on c.id = t.customer_id where t.id = $1',
      values: [id],
    }),
  );
  await pool.end();
  return [
    {
      workload: 'B5 open-ticket c=1',
      value: single.p50,
      unit: 'ms p50',
      target: '≤1 ms, p99 ≤8 ms',
      note: `p99 ${single.p99.toFixed(1)} ms`,
      peers: 'osTicket 101 ms, FreeScout 692 ms, RT 800 ms',
    },
    {
      workload: 'B5 open-ticket c=8',
      value: eight.perSecond,
      unit: '/s',
      limit: limit.perSecond,
      ratio: eight.perSecond / limit.perSecond,
      target: '≥2500/s',
      note: `${cpuUs.toFixed(0)} µs server CPU each, ${eight.errors} errors`,
    },
  ];
};
