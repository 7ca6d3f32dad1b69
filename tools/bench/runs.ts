/**
 * Runs of playbooks: ten thousand open steps fall due within one second, and ten thousand runs wake at one instant and
 * reach their next step. Limits of the same run: the bare statement of B7, and the rows of a wake written by hand.
 */
import { randomBytes } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import pg from 'pg';
import type { Pack } from '#contracts/pack.ts';
import { systemClock } from '#kernel/clock.ts';
import { migrate } from '#kernel/migrate.ts';
import { json, openDatabase, sql, unsafeText } from '#kernel/sql.ts';
import type { Database } from '#kernel/sql.ts';
import { buildCentre } from '#server/centre.ts';
import type { Built } from '#server/centre.ts';
import { installCentre } from '#server/install.ts';
import { sharedCluster } from '#testing/cluster.ts';
import { testConfig } from '#testing/world.ts';
import { armBare, fireBare } from './b7-sla.ts';
import { percentile } from './load.ts';
import type { Figure } from './main.ts';
import type { BenchWorld } from './world.ts';

const year = 365 * 86_400_000;
const turns = 5;
const words = (zh: string, en: string) => ({ zh, en });

/** Two steps: the centre waits, then somebody does something within two hours. */
export const benchPack = {
  key: 'bench',
  name: words('压测流程', 'Measured'),
  goal: words('压测', 'Measured'),
  version: 1,
  scenario: 'complaint',
  industry: '通用',
  owner: 'relations',
  reviewMonths: 6,
  source: [],
  about: 'ticket',
  enabled: true,
  steps: [
    { key: 'pause', name: words('等候', 'Wait'), kind: 'wait', until: { passed: '1h' } },
    {
      key: 'work',
      name: words('处理', 'Work'),
      kind: 'do',
      within: '2h',
      late: [{ after: '0', tell: 'lead' }],
      actions: [words('核实', 'Check')],
      script: ['hello'],
      fields: [{ key: 'found', zh: '结果', en: 'Found', type: 'text', from: 'ticket.subject' }],
    },
  ],
  records: [],
  scripts: [
    {
      key: 'hello',
      zh: { title: '开场', body: '{{ customer.name }}您好，我是{{ agent.name }}。' },
      en: { title: 'Opening', body: 'Hello {{ customer.name }}, I am {{ agent.name }}.' },
    },
  ],
} as unknown as Pack;

/** The playbook in force, as installing a folder would leave it. */
export const seedPlaybook = async (db: Database): Promise<void> => {
  await db.run(
    sql`insert into playbook (key, name, scenario, industry, enabled, created_at) values ('bench', ${json(benchPack.name)}::jsonb, 'complaint', '通用', true, now())`,
  );
  await db.run(
    sql`insert into playbook_version (key, version, state, pack, note, created_at, published_at, effective_from) values ('bench', 1, 'published', ${json(benchPack)}::jsonb, '', now(), now(), now())`,
  );
  await db.run(sql`update playbook_stamp set version = version + 1`);
};

/** Ids that rise with `n`, as the centre's own do. */
const ordered = (kind: string, n = 'n') =>
  unsafeText(`('01900000-0000-7000-800${kind}-' || lpad(to_hex(${n}), 12, '0'))::uuid`);

/** Tickets 1…count; runs `from`…`to` of them stand at a step, open for somebody or waited at by the centre. */
const seedTickets = async (db: Database, count: number): Promise<void> => {
  const later = new Date(Date.now() + year);
  await db.run(
    sql`insert into customer (id, number, kind, name, created_at, updated_at) select ${ordered('1')}, 'B' || n, 'person', '客户' || n, now(), now() from generate_series(1, ${count}::int) n`,
  );
  await db.run(
    sql`insert into thread (id, of) select ${ordered('2')}, 'ticket' from generate_series(1, ${count}::int) n`,
  );
  await db.run(sql`
    insert into ticket (id, number, status, priority, priority_why, urgency, impact, category, subject, description, channel, customer_id, customer_name, customer_level, assignee_id, group_id, policy_version, created_at, updated_at, next_due_at, next_due_kind, next_due_state)
    select ${ordered('2')}, 'B' || n, 'in_progress', 'P3', '', 'medium', 'group', 'tech.fault', '故障报修', '', 'phone', ${ordered('1')}, '客户', 'normal', (select id from app_user order by id limit 1), g.id, 1, now(), now(), ${later}, 'resolve', 'running'
    from generate_series(1, ${count}::int) n, (select id from skill_group order by key limit 1) g`);
};
const seedRuns = async (db: Database, kind: string, step: 'pause' | 'work', count: number): Promise<void> => {
  const later = new Date(Date.now() + year);
  await db.run(sql`
    insert into run (id, playbook, version, state, subject_type, subject_id, ticket_id, customer_id, visits, started_at)
    select ${ordered(kind)}, 'bench', 1, 'running', 'ticket', ${ordered('2')}, ${ordered('2')}, ${ordered('1')}, jsonb_build_object(${step}::text, 1), now() from generate_series(1, ${count}::int) n`);
  await db.run(sql`
    insert into task (id, kind, state, title, subject_type, subject_id, ticket_id, customer_id, run_id, step_key, assignee_id, group_id, system, due_at, data, created_at)
    select ${ordered(kind)}, 'step', 'open', ${json(benchPack.steps[0]!.name)}::jsonb, 'ticket', t.id, t.id, t.customer_id, ${ordered(kind)}, ${step}::text, case when ${step} = 'work' then t.assignee_id end, t.group_id, ${step} = 'pause', case when ${step} = 'work' then ${later}::timestamptz end, '{"who": "assignee"}', now()
    from generate_series(1, ${count}::int) n join ticket t on t.id = ${ordered('2')}`);
  if (step === 'work')
    await db.run(sql`
      insert into deadline (id, subject_type, subject_id, kind, state, unit, policy_version, target_minutes, warn_fraction, ladder, started_at, due_at, next_at)
      select ${ordered(kind)}, 'task', ${ordered(kind)}, 'step', 'running', 'wall', 0, 120, 1, '[{"afterMinutes": 60, "notify": "lead"}]', now(), ${later}, ${later} from generate_series(1, ${count}::int) n`);
  else
    await db.run(
      sql`insert into due (kind, key, at, data) select 'playbooks.wake', (${ordered(kind)})::text, ${later}, '{"outcome": "reached"}' from generate_series(1, ${count}::int) n`,
    );
  for (const table of ['run', 'task', 'deadline', 'due', 'ticket'])
    await db.run(unsafeText(`vacuum analyze ${table}`));
};

type Spent = { ms: number; cpuUs: number };
/** Elapsed and this process's own CPU; PostgreSQL's comes on top. */
const spend = async (work: () => Promise<unknown>): Promise<Spent> => {
  const cpu = process.cpuUsage();
  const begin = performance.now();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { ms: performance.now() - begin, cpuUs: user + system };
};
const plus = (a: Spent, b: Spent): Spent => ({ ms: a.ms + b.ms, cpuUs: a.cpuUs + b.cpuUs });

/** Each fifth falls due within one second that has just passed; bare statements in turns with ours. */
const breaches = async (centre: Built, count: number): Promise<Figure> => {
  const { db } = centre;
  let ours: Spent = { ms: 0, cpuUs: 0 };
  let limitMs = 0;
  await armBare(db, count);
  for (let turn = 0; turn < turns; turn++) {
    limitMs += await fireBare(db, count / turns);
    await db.run(sql`
      with due as (select k.id, row_number() over () as n from task k where k.step_key = 'work' and k.state = 'open' and k.due_at > ${new Date(Date.now() + year / 2)} limit ${count / turns}::int),
      shown as (update task k set due_at = now() - make_interval(secs => due.n / ${count / turns}::float8) from due where k.id = due.id returning k.id, k.due_at, k.ticket_id, k.title),
      seen as (update ticket t set task_due_at = shown.due_at, task_title = shown.title, task_state = 'running' from shown where t.id = shown.ticket_id)
      update deadline d set due_at = shown.due_at, next_at = shown.due_at from shown where d.subject_id = shown.id`);
    for (const table of ['deadline', 'task', 'ticket']) await db.run(unsafeText(`vacuum ${table}`));
    ours = plus(ours, await spend(() => centre.due.pump()));
  }
  const { told, once, late, shown } = await db.one(sql<{
    told: number;
    once: number;
    late: number;
    shown: number;
  }>`
    select count(*)::int as told, count(distinct data ->> 'deadlineId')::int as once, (select count(*)::int from task where late) as late, (select count(*)::int from ticket where task_state = 'breached') as shown from event where type = 'deadline.breached'`);
  if (told !== count || once !== count || late !== count || shown !== count)
    throw new Error(`${count} steps were due: ${told} told of ${once}, ${late} late, ${shown} shown`);
  const [perSecond, limit] = [(count / ours.ms) * 1000, (count / limitMs) * 1000];
  return {
    workload: `runs: ${count} steps breach`,
    value: perSecond,
    unit: 'breaches/s',
    limit,
    ratio: perSecond / limit,
    target: '≤1.5 s for 10k, ratio ≥0.4',
    note: `${Math.round(ours.ms)} ms, each told once, shown on task and ticket, ${Math.round(ours.cpuUs / count)} µs server CPU each`,
  };
};

/** What a wake must at least leave: the wake gone, one task done, the next with its clock, the run, three events. */
const wakeBare = async (db: Database, count: number): Promise<number> => {
  await db.run(
    sql`create table bare_wake as select key::uuid as id, at from due where kind = 'playbooks.wake' order by key limit ${count}::int`,
  );
  await db.run(sql`alter table bare_wake add primary key (id)`);
  await db.run(sql`create table bare_task (like task including all)`);
  await db.run(sql`create table bare_run (like run including all)`);
  await db.run(sql`insert into bare_task select k.* from task k join bare_wake b on b.id = k.id`);
  await db.run(sql`insert into bare_run select n.* from run n join bare_wake b on b.id = n.id`);
  const begin = performance.now();
  for (let left = count; left > 0; left -= 100)
    await db.transaction((tx) =>
      tx.run(sql`
      with woken as (delete from bare_wake where id in (select id from bare_wake limit 100) returning id),
      over as (update bare_task k set state = 'done', outcome = 'reached', done_at = now() from woken where k.id = woken.id returning k.*),
      next as (insert into bare_task (id, kind, state, title, subject_type, subject_id, ticket_id, run_id, step_key, due_at, created_at) select gen_random_uuid(), 'step', 'open', title, subject_type, subject_id, ticket_id, run_id, 'work', now() + interval '2 hours', now() from over returning id),
      clock as (insert into deadline (id, subject_type, subject_id, kind, state, unit, policy_version, target_minutes, warn_fraction, ladder, started_at, due_at) select id, 'bare', id, 'step', 'running', 'wall', 0, 120, 1, '[]', now(), now() + interval '2 hours' from next),
      told as (insert into event (id, type, at, subject_type, subject_id, data, actor_kind, actor_id, depth) select gen_random_uuid(), 'bare', now(), 'run', id, '{}', 'system', '', 1 from over, generate_series(1, 3))
      update bare_run n set visits = '{"work": 1}' from over where n.id = over.run_id`),
    );
  const ms = performance.now() - begin;
  await db.run(sql`drop table bare_wake, bare_task, bare_run`);
  await db.run(sql`delete from deadline where subject_type = 'bare'`);
  return ms;
};

/** All wait for one instant; lateness is from that instant to the commit that tells of the next step. */
const wakes = async (centre: Built, count: number): Promise<Figure[]> => {
  const { db } = centre;
  const limitMs = await wakeBare(db, count / turns);
  for (const table of ['due', 'task', 'run', 'deadline']) await db.run(unsafeText(`vacuum ${table}`));
  await db.run(sql`update due set at = ${new Date()} where kind = 'playbooks.wake'`);
  // When each transaction was over: what it woke reached its step then.
  const { transaction } = db;
  const ends: number[] = [];
  const begin = performance.now();
  Object.assign(db, {
    transaction: async (work: never) => {
      const result = await transaction(work);
      ends.push(performance.now() - begin);
      return result;
    },
  });
  const spent = await spend(() => centre.due.pump());
  Object.assign(db, { transaction });
  const { reached, told } = await db.one(sql<{ reached: number; told: number }>`
    select (select count(*)::int from task where step_key = 'work' and state = 'open' and due_at is not null and run_id between ${ordered('4', '1')} and ${ordered('4', String(count))}) as reached, (select count(distinct subject_id)::int from event where type = 'run.reached') as told`);
  if (reached !== count || told !== count)
    throw new Error(`${count} runs woke: ${reached} reached their step, ${told} told`);
  const p99 = percentile(ends, 0.99);
  const [perSecond, limit] = [(count / spent.ms) * 1000, (count / turns / limitMs) * 1000];
  return [
    {
      workload: `runs: ${count} wake at one instant`,
      value: perSecond,
      unit: 'runs/s',
      limit,
      ratio: perSecond / limit,
      target: '≤1.5 s for 10k',
      note: `${Math.round(spent.ms)} ms, lateness p99 ${Math.round(p99)} ms, ${Math.round(spent.cpuUs / count)} µs server CPU each`,
    },
  ];
};

/** Three runs on a ticket of the measured centre, each with a step behind it and one open. */
export const seedThreeRuns = async (world: BenchWorld, ticketId: string): Promise<void> => {
  const db = openDatabase(world.connection);
  try {
    await seedPlaybook(db);
    await db.run(sql`
      insert into run (id, playbook, version, state, subject_type, subject_id, ticket_id, customer_id, visits, started_at)
      select ${ordered('5')}, 'bench', 1, 'running', 'ticket', t.id, t.id, t.customer_id, '{"pause": 1, "work": 1}', now() from ticket t, generate_series(1, 3) n where t.id = ${ticketId}::uuid`);
    await db.run(sql`
      insert into task (id, kind, state, title, subject_type, subject_id, ticket_id, customer_id, run_id, step_key, group_id, system, due_at, created_at, done_at)
      select case when o then ${ordered('5')} else ${ordered('6')} end, 'step', case when o then 'open' else 'done' end, ${json(benchPack.steps[1]!.name)}::jsonb, 'ticket', t.id, t.id, t.customer_id, ${ordered('5')}, case when o then 'work' else 'pause' end, t.group_id, not o, case when o then now() + interval '1 year' end, now(), case when not o then now() end
      from ticket t, generate_series(1, 3) n, (values (false), (true)) w(o) where t.id = ${ticketId}::uuid`);
    await db.run(sql`
      insert into deadline (id, subject_type, subject_id, kind, state, unit, policy_version, target_minutes, warn_fraction, ladder, started_at, due_at, next_at)
      select ${ordered('5')}, 'task', ${ordered('5')}, 'step', 'running', 'wall', 0, 525600, 1, '[]', now(), now() + interval '1 year', now() + interval '1 year' from generate_series(1, 3) n`);
    for (const table of ['run', 'task', 'deadline']) await db.run(unsafeText(`analyze ${table}`));
  } finally {
    await db.close();
  }
};

/** In the measured centre's PostgreSQL, beside its database: its server must not fire these. */
export const runs = async (world?: BenchWorld, count = 10_000): Promise<Figure[]> => {
  const server = world?.connection ?? (await sharedCluster());
  const name = `zhike_bench_${randomBytes(4).toString('hex')}`;
  const admin = new pg.Client(server);
  await admin.connect();
  await admin.query(`create database ${name}`);
  const db = openDatabase({ ...server, database: name });
  try {
    await migrate({ ...server, database: name });
    const centre = buildCentre({ config: testConfig(path.join(os.tmpdir(), name)), db, clock: systemClock });
    await installCentre(centre);
    await seedPlaybook(db);
    await seedTickets(db, count);
    await seedRuns(db, '3', 'work', count);
    const breached = await breaches(centre, count);
    await seedRuns(db, '4', 'pause', count);
    return [breached, ...(await wakes(centre, count))];
  } finally {
    await db.close();
    await admin.query(`drop database if exists ${name} with (force)`);
    await admin.end();
  }
};

if (import.meta.main) {
  console.log(await runs(undefined, Number(process.argv[2] ?? 10_000)));
  process.exit(0);
}
