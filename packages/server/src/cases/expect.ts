/** What a case may expect, by subject; every named fact must hold. */
import { sql } from '#kernel/sql.ts';
import { subjectStory } from '#modules/customers/index.ts';
import { floorNow } from '#modules/floor/index.ts';
import { listScripts, playbookJams, runById } from '#modules/playbooks/index.ts';
import { kindOf, listRecords, summarise } from '#modules/records/index.ts';
import { systemActor } from '#kernel/actor.ts';
import { listTickets } from '#modules/tickets/index.ts';
import { listTasks, promiseKeptRate } from '#modules/tasks/index.ts';
import type { Line, Stage } from './run.ts';
import { instant } from './verbs.ts';

type Fail = (why: string) => never;
type Want = Record<string, unknown>;

const local = (ms: number | null | undefined): string | null =>
  ms === null || ms === undefined
    ? null
    : new Date(ms + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');

const same = (got: unknown, wanted: unknown): boolean =>
  Array.isArray(wanted)
    ? Array.isArray(got) && wanted.length === got.length && wanted.every((one, i) => same(got[i], one))
    : typeof wanted === 'object' && wanted !== null
      ? typeof got === 'object' &&
        got !== null &&
        Object.entries(wanted).every(([key, value]) => same((got as Want)[key], value))
      : typeof wanted === 'string' && wanted.startsWith('~')
        ? String(got).includes(wanted.slice(1))
        : (got ?? null) === wanted;

/** Compares the named facts only. */
const match = (fail: Fail, what: string, got: Want | undefined, want: Want): void => {
  for (const [key, wanted] of Object.entries(want))
    if (!same(got?.[key], wanted))
      fail(`${what}: ${key} is ${JSON.stringify(got?.[key])}, not ${JSON.stringify(wanted)}`);
};

type TaskFacts = {
  state: string;
  outcome: string | null;
  due_at: number | null;
  late: boolean;
  kind: string;
  assignee: string | null;
  role: string | null;
  group: string | null;
  title: string;
  attempts: number;
};
const taskSql = sql`select k.state, k.outcome, k.due_at, k.late, k.kind, a.name as assignee, k.role_key as role, g.key as "group", k.title ->> 'zh' as title, k.attempts from task k left join app_user a on a.id = k.assignee_id left join skill_group g on g.id = k.group_id`;
const shownTask = ({ world }: Stage, row: TaskFacts | undefined): Want | undefined =>
  row && {
    ...row,
    due: local(row.due_at),
    late: row.late || (row.state === 'open' && row.due_at !== null && row.due_at < world.clock.now()),
    holder: row.assignee ?? row.role ?? row.group,
  };

type Expectation = (stage: Stage, want: never, whole: Line, fail: Fail) => Promise<void>;
const expected: Record<string, Expectation> = {
  /** A step by key: state (open, done, skipped, cancelled, none), due, late, holder, outcome. */
  step: async (stage, key: string, { step: _, ...want }, fail) => {
    const row = await stage.world.db.maybe(
      sql<TaskFacts>`${taskSql} where k.step_key = ${key} order by (k.state = 'open') desc, k.created_at desc, k.id desc limit 1`,
    );
    match(
      fail,
      `step ${key}`,
      row ? shownTask(stage, row) : { state: 'none' },
      Object.keys(want).length === 0 ? { state: 'open' } : (want as Want),
    );
  },
  /** What a person sees of an open step: the words shown first, which actions were ticked, why it was sent back. */
  panel: async (
    stage,
    key: string,
    { as = 'supervisor', script, scripts, ticked, values, rejected },
    fail,
  ) => {
    const { id } = await stage.world.db.one(
      sql<{
        id: string;
      }>`select n.id from run n join task k on k.run_id = n.id where k.step_key = ${key} and k.state = 'open' order by n.started_at desc, n.id desc limit 1`,
    );
    const { open, line } = await runById(stage.world.centre, await stage.person(String(as)), id);
    const shown = open.find(({ step }) => step.key === key);
    if (script !== undefined) match(fail, `panel ${key}`, { script: shown?.scripts[0]?.body.zh }, { script });
    if (scripts !== undefined)
      match(fail, `panel ${key}`, { scripts: shown?.scripts.map((one) => one.title.zh) }, { scripts });
    if (ticked !== undefined) match(fail, `panel ${key}`, { ticked: shown?.ticked as never }, { ticked });
    if (rejected !== undefined) {
      const last = line.findLast(({ task }) => task?.outcome === 'rejected');
      match(fail, `panel ${key}`, { rejected: last?.task?.note ?? null }, { rejected });
    }
    for (const [field, value] of Object.entries((values ?? {}) as Record<string, unknown>))
      match(fail, `panel ${key}`, { [field]: shown?.values[field] ?? null } as never, { [field]: value });
  },
  /** The task that stands first in a person's list, by title. */
  top: async (stage, title: string, { as = 'supervisor' }, fail) => {
    const { items } = await listTasks(stage.world.centre, await stage.person(String(as)), { mine: true });
    match(fail, 'top of the list', { title: items[0]?.title.zh }, { title });
  },
  /** Scripts that a search for some words finds, by key. */
  scripts: async (stage, q: string, { as = 'agent', keys }, fail) => {
    const { items } = await listScripts(stage.world.centre, await stage.person(String(as)), {
      q,
      customerId: stage.customerId,
    });
    match(
      fail,
      `scripts "${q}"`,
      { keys: items.filter(({ playbook }) => playbook === stage.playbook).map(({ key }) => key) },
      { keys },
    );
  },
  /** The words shown while a new record of a kind is filled in. */
  opening: async (stage, kind: string, { as = 'agent', script }, fail) => {
    const known = await kindOf(stage.world.db, kind);
    const { items } = await listScripts(stage.world.centre, await stage.person(String(as)), {
      playbook: known?.pack,
      key: known?.script ?? 'none',
      customerId: stage.customerId,
    });
    match(fail, `opening of ${kind}`, { script: items[0]?.body.zh ?? null }, { script });
  },
  /** Records of a kind that a search for some words finds, as a person sees them; `day` narrows it, `late` to those with a late step, `staff` to those about that person, `where: field:value` as the list's filter does. */
  found: async (
    stage,
    q: string,
    { found: _, in: kind, as = 'supervisor', day, staff, late, where, ...want },
    fail,
  ) => {
    const { items } = await listRecords(stage.world.centre, await stage.person(String(as)), String(kind), {
      q,
      day: day as string | undefined,
      late: late as boolean | undefined,
      where: staff ? `staff:${(await stage.person(String(staff))).id}` : (where as string | undefined),
    });
    match(
      fail,
      `found "${q}"`,
      { count: items.length, data: items[0]?.data, state: items[0]?.state, step: items[0]?.step?.title.zh },
      want as Want,
    );
  },
  /** What the page 卡点 says of a step of the case's playbook: how many were done, how many late, the median in seconds. */
  jam: async (stage, step: string, { jam: _, ...want }, fail) => {
    const { items } = await playbookJams(stage.world.centre, stage.playbook);
    match(fail, `jam ${step}`, items.find((one) => one.step === step) as Want | undefined, want as Want);
  },
  /** The story of the ticket holds a line with these words; `type` is its event. */
  story: async (stage, words: string, { as = 'supervisor', type }, fail) => {
    const { items } = await subjectStory(stage.world.db, await stage.person(String(as)), [stage.ticketId!], {
      limit: 100,
    });
    if (!items.some((one) => one.title.includes(words) && (type === undefined || one.type === type)))
      fail(`no line "${words}" in the story: ${JSON.stringify(items.map(({ title }) => title))}`);
  },
  /** What stands on the supervisor's floor, by words of its line: whether it is late, and which promise it is. */
  board: async (stage, words: string, { as = 'supervisor', late, kind }, fail) => {
    const { breaches } = await floorNow(stage.world.centre, await stage.person(String(as)), 'zh-CN');
    const line = breaches.find(({ subject }) => subject.includes(words));
    match(
      fail,
      `board "${words}"`,
      { late: line ? line.state === 'breached' : null, kind: line?.kind ?? null },
      { ...(late === undefined ? {} : { late }), ...(kind === undefined ? {} : { kind }) },
    );
  },
  /** Any task by its Chinese title or kind. */
  task: async (stage, name: string, { task: _, ...want }, fail) => {
    const row = await stage.world.db.maybe(
      sql<TaskFacts>`${taskSql} where not k.system and (k.title ->> 'zh' like ${`%${name}%`} or k.kind = ${name}) order by (k.state = 'open') desc, k.created_at desc, k.id desc limit 1`,
    );
    match(
      fail,
      `task ${name}`,
      row ? shownTask(stage, row) : { state: 'none' },
      Object.keys(want).length === 0 ? { state: 'open' } : (want as Want),
    );
  },
  /** How many open tasks of a step or kind. */
  open: async ({ world }, name: string, { count = 1 }, fail) => {
    const { n } = await world.db.one(
      sql<{
        n: number;
      }>`select count(*)::int as n from task where state = 'open' and not system and (step_key = ${name} or kind = ${name})`,
    );
    if (n !== count) fail(`${n} open ${name}, not ${String(count)}`);
  },
  /** How many open tasks whose title holds a text. */
  tasks: async ({ world }, title: string, { count }, fail) => {
    const { n } = await world.db.one(
      sql<{
        n: number;
      }>`select count(*)::int as n from task where state = 'open' and not system and title ->> 'zh' like ${`%${title}%`}`,
    );
    if (n !== count) fail(`${n} open tasks "${title}", not ${String(count)}`);
  },
  /** The newest run of a playbook. */
  run: async ({ world }, key: string, { run: _, ...want }, fail) => {
    const row = await world.db.maybe(
      sql<Want>`select state, outcome, version, ticket_id is not null as "onTicket" from run where playbook = ${key} order by started_at desc, id desc limit 1`,
    );
    match(
      fail,
      `run ${key}`,
      row ?? { state: 'none' },
      Object.keys(want).length === 0 ? { state: 'running' } : (want as Want),
    );
  },
  runs: async ({ world }, count: number, { of }, fail) => {
    const { n } = await world.db.one(
      sql<{
        n: number;
      }>`select count(*)::int as n from run where ${of ? sql`playbook = ${String(of)}` : sql`true`}`,
    );
    if (n !== count) fail(`${n} runs, not ${count}`);
  },
  ticket: async (stage, want: Want, _, fail) => {
    const row = await stage.world.db.maybe(
      sql<
        Want & { resolved_at: number | null }
      >`select t.status, t.priority, t.category, t.is_complaint as complaint, t.is_emergency as emergency, a.name as assignee, c.name as accountable, g.key as "group", t.customer_name as customer, t.contacted_at is not null as contacted, t.progress_note as progress, t.task_title ->> 'zh' as step, t.task_state as "stepState", t.escalation_level as level, (select count(*)::int from ticket_conversation tc where tc.ticket_id = t.id) as talks from ticket t left join app_user a on a.id = t.assignee_id left join app_user c on c.id = t.accountable_id left join skill_group g on g.id = t.group_id where t.id = ${stage.ticketId ?? null}::uuid`,
    );
    match(fail, 'ticket', row, want);
  },
  /** A clock of the ticket by kind: due, state. */
  clock: async (stage, kind: string, { clock: _, ...want }, fail) => {
    const row = await stage.world.db.maybe(
      sql<{
        state: string;
        due_at: number | null;
        unit: string;
      }>`select state, due_at, unit from deadline where subject_id = ${stage.ticketId ?? stage.conversationId ?? null}::uuid and kind = ${kind} order by started_at desc, id desc limit 1`,
    );
    match(fail, `clock ${kind}`, row ? { ...row, due: local(row.due_at) } : { state: 'none' }, want as Want);
  },
  /** The newest record of a kind, or of the story. */
  record: async (stage, want: Want, _, fail) => {
    const { kind, count, data = {}, ...rest } = want as { kind?: string; count?: number; data?: Want };
    const rows = await stage.world.db.all(
      sql<
        Want & { data: Want }
      >`select r.number, r.state, r.title, r.data, r.day::text as day, o.name as owner, g.key as "group", r.ticket_id is not null as "onTicket", r.customer_id is not null as "ofCustomer", r.conversation_id is not null as "ofTalk" from record r left join app_user o on o.id = r.owner_id left join skill_group g on g.id = r.group_id where ${kind ? sql`r.kind = ${kind}` : sql`r.id = ${stage.record?.id ?? null}::uuid`} order by r.created_at desc, r.id desc`,
    );
    if (count !== undefined && rows.length !== count) fail(`${rows.length} records, not ${count}`);
    if (count === 0) return;
    match(fail, `record ${kind ?? ''}`, rows[0] ?? { state: 'none' }, rest);
    match(fail, `record ${kind ?? ''} data`, rows[0]?.data, data);
  },
  /** The newest public words to the customer hold a text. */
  told: async (stage, words: string, { times }, fail) => {
    const rows = await stage.world.db.all(
      sql<{
        body: string;
      }>`select m.body from message m where m.visibility = 'public' and m.author_kind <> 'customer' order by m.at desc, m.seq desc limit 20`,
    );
    if (!rows.some(({ body }) => body.includes(words)))
      fail(`nobody was told "${words}"; the newest words: ${JSON.stringify(rows[0]?.body ?? null)}`);
    const count = rows.filter(({ body }) => body.includes(words)).length;
    if (times !== undefined && count !== times) fail(`told ${count} times "${words}", not ${String(times)}`);
  },
  /** A mail in the outbox whose subject or body holds a text: `to` is its recipient, `times` how many there are, `attached` a text in the name of a file that goes with it. */
  mailed: async (stage, words: string, { to, times, attached }, fail) => {
    const rows = await stage.world.db.all(
      sql<{
        recipient: string;
        files: string;
      }>`select recipient, coalesce((select string_agg(f.name, ', ') from file f where f.message_id = o.message_id), '') as files from outbound_mail o where body like ${`%${words}%`} or subject like ${`%${words}%`}`,
    );
    const found = rows.filter(
      ({ recipient, files }) =>
        (to === undefined || recipient === to) && files.includes(String(attached ?? '')),
    );
    if (found.length !== Number(times ?? found.length) || (times === undefined && found.length === 0))
      fail(`${found.length} mails "${words}" to ${String(to ?? 'anybody')}; all: ${JSON.stringify(rows)}`);
  },
  notTold: async (stage, words: string, _, fail) => {
    const found = await stage.world.db.maybe(
      sql`select 1 from message where visibility = 'public' and author_kind <> 'customer' and body like ${`%${words}%`} limit 1`,
    );
    if (found) fail(`somebody was told "${words}"`);
  },
  /** How many tickets a person's list holds. */
  sees: async (stage, want: { who: string; tickets: number }, _, fail) => {
    const { items } = await listTickets(stage.world.db, await stage.person(want.who), {} as never);
    if (items.length !== want.tickets) fail(`${want.who} sees ${items.length} tickets, not ${want.tickets}`);
  },
  /** Sub-tickets: count, open, group. */
  children: async (stage, want: Want, _, fail) => {
    const row = await stage.world.db.one(
      sql<Want>`select count(*)::int as count, count(*) filter (where t.status not in ('closed', 'archived', 'cancelled'))::int as open, min(g.key) as "group", array_agg(g.key order by g.key) as groups from ticket t left join skill_group g on g.id = t.group_id where t.parent_id = ${stage.ticketId ?? null}::uuid`,
    );
    match(fail, 'children', row, want);
  },
  /** Somebody has a notice of a kind. */
  notice: async (stage, want: { to: string; kind: string }, _, fail) => {
    const who = await stage.person(want.to);
    const found = await stage.world.db.maybe(
      sql`select 1 from notice where user_id = ${who.id}::uuid and kind = ${want.kind}`,
    );
    if (!found) {
      const got = await stage.world.db.all(
        sql<{ kind: string }>`select kind from notice where user_id = ${who.id}::uuid`,
      );
      fail(`${want.to} has no notice "${want.kind}", but ${JSON.stringify(got.map(({ kind }) => kind))}`);
    }
  },
  /** An event happened, with these data. */
  event: async (stage, type: string, { event: _, ...want }, fail) => {
    const rows = await stage.world.db.all(
      sql<{ data: Want }>`select data from event where type = ${type} order by at desc, id desc`,
    );
    if (!rows.some(({ data }) => Object.entries(want).every(([key, value]) => same(data[key], value))))
      fail(
        `no ${type} with ${JSON.stringify(want)} among ${rows.length}: ${JSON.stringify(rows.slice(0, 3).map(({ data }) => data))}`,
      );
  },
  /** Counts of records by a field: `{kind, by, sum?, total?, counts: {value: n}, sums?: {value: n}}`. */
  summary: async (
    { world },
    want: {
      kind: string;
      by: string;
      sum?: string;
      total?: number;
      counts?: Record<string, number>;
      sums?: Record<string, number>;
      shares?: Record<string, number>;
      covering?: { share: number; values: string[] };
    },
    _,
    fail,
  ) => {
    const got = await summarise(world.centre, systemActor('cases'), want.kind, want);
    if (want.total !== undefined && got.total !== want.total) fail(`${got.total} records, not ${want.total}`);
    const by = (pick: (item: (typeof got.items)[number]) => number | null) =>
      Object.fromEntries(got.items.map((item) => [String(item.value), pick(item)]));
    match(
      fail,
      'counts',
      by(({ count }) => count),
      want.counts ?? {},
    );
    match(
      fail,
      'sums',
      by(({ sum }) => sum),
      want.sums ?? {},
    );
    if (want.covering) {
      const { share, values } = want.covering;
      const few = got.items
        .slice(0, got.items.findIndex(({ cumulative }) => cumulative >= share) + 1)
        .map(({ value }) => value);
      if (!same(few, values)) fail(`${JSON.stringify(few)} cover ${share}, not ${JSON.stringify(values)}`);
    }
    match(
      fail,
      'shares',
      by(({ share }) => Math.round(share * 1000) / 1000),
      want.shares ?? {},
    );
  },
  /** 承诺兑现率 of a period. */
  promisesKept: async (
    { world },
    want: { from: string; to: string; numerator: number; denominator: number },
    _,
    fail,
  ) => {
    const got = await promiseKeptRate(
      world.centre,
      new Date(instant(want.from)).toISOString(),
      new Date(instant(want.to)).toISOString(),
    );
    match(fail, 'promises kept', got as never, { numerator: want.numerator, denominator: want.denominator });
  },
  customer: async (stage, want: Want, _, fail) => {
    const row = await stage.world.db.maybe(
      sql<Want>`select number, name, kind, level, class, tags, preferred_channel as "preferredChannel", fields from customer where id = ${stage.customerId ?? null}::uuid`,
    );
    match(fail, 'customer', row, want);
  },
  /** The answer of the last command that gave one. */
  last: async (stage, want: Want, _, fail) => match(fail, 'last', stage.last as Want, want),
};

/** What a case may expect. */
export const expectable = (): string[] => Object.keys(expected);

export const expectations = async (stage: Stage, line: Line, fail: Fail): Promise<void> => {
  const subject = Object.keys(line).find((key) => key in expected);
  if (!subject) fail(`expect one of: ${Object.keys(expected).join(', ')}`);
  await expected[subject!]!(stage, line[subject!] as never, line, fail);
};
