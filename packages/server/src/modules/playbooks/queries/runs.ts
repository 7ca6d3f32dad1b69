/** Runs as the step panel shows them: the way so far, the open steps with words and fields, what lies ahead. */
import type { OpenStep, RunView } from '#contracts/routes/playbooks.ts';
import type { Answers, TaskView } from '#contracts/routes/tasks.ts';
import { factAt, readCondition } from '#contracts/conditions.ts';
import type { Facts } from '#contracts/conditions.ts';
import { events } from '#contracts/events.ts';
import { arrows, isMet, nextOf, stepOf, theEnd } from '#contracts/flow.ts';
import type { Field, Pack, Step } from '#contracts/pack.ts';
import type { Locale } from '#contracts/errors.ts';
import type { Actor } from '#kernel/actor.ts';
import { userId } from '#kernel/actor.ts';
import type { Centre } from '#kernel/centre.ts';
import type { Context } from '#kernel/command.ts';
import { instantsOf } from '#kernel/due.ts';
import { notFound } from '#kernel/problem.ts';
import { limitOf, sql } from '#kernel/sql.ts';
import type { SqlFragment } from '#kernel/sql.ts';
import { mayReadTalk } from '#modules/conversations/index.ts';
import { deadlinesOf } from '#modules/deadlines/index.ts';
import { kindOf } from '#modules/records/index.ts';
import { taskView, tasksWhere, mineSql } from '#modules/tasks/index.ts';
import { mayRead as mayReadTicket } from '#modules/tickets/index.ts';
import { casesOf, speakerOf } from '../facts.ts';
import { wakeKind } from '../kinds/wait.ts';
import { packOf } from '../store.ts';
import type { RunRow } from '../store.ts';
import { scriptsFor } from '../words.ts';

type Joined = RunRow & { starter: string | null };
/** A run is seen by who may see its case, and by whose step it is: a technician is sent to a ticket of the call centre. */
const mayRead = (actor: Actor): SqlFragment =>
  sql`(case when n.ticket_id is not null then exists (select 1 from ticket t where t.id = n.ticket_id and ${mayReadTicket(actor)})
     when n.conversation_id is not null then exists (select 1 from conversation v where v.id = n.conversation_id and ${mayReadTalk(actor)})
     else ${actor.grants['customer.read'] ? sql`true` : sql`false`} end
   or exists (select 1 from task k where k.run_id = n.id and not k.system and ${mineSql(actor)} and not exists (select 1 from ticket a where a.id = n.ticket_id and a.accused_id = ${userId(actor)}::uuid)))`;

const runsWhere = ({ db }: Centre, actor: Actor, where: SqlFragment): Promise<Joined[]> =>
  db.all(
    sql<Joined>`select n.*, u.name as starter from run n left join app_user u on u.id = n.started_by where ${mayRead(actor)} and ${where}`,
  );

/** Reading needs the same facts as running, without a transaction. */
const reading = (centre: Centre, actor: Actor): Context =>
  ({ centre, tx: centre.db, actor, now: centre.clock.now() }) as unknown as Context;

const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

/** What usually comes next from a step: the first ways with what is known now, at most this many. */
const mostAhead = 12;
const ahead = (pack: Pack, from: readonly Step[], facts: Facts, seen: ReadonlySet<string>): Step[] => {
  const found: Step[] = [];
  let step: Step | undefined = from.at(-1);
  while (step && found.length < mostAhead) {
    const key: string | undefined = nextOf(pack, step, step.choices?.[0]?.key ?? null, facts)[0];
    step = key === undefined || key === theEnd ? undefined : stepOf(pack, key);
    if (!step || step.kind === 'end' || seen.has(step.key) || found.includes(step)) break;
    if (isMet(step, facts) && !['branch', 'record'].includes(step.kind)) found.push(step);
  }
  return found;
};

const prefilled = (fields: readonly Field[], facts: Facts): Answers =>
  Object.fromEntries(
    fields.flatMap(({ key, from, default: usual }): [string, string | number | boolean][] => {
      const value = from ? factAt(facts, from) : undefined;
      const known = value === undefined || value === null ? usual : value;
      return known === undefined || typeof known === 'object' ? [] : [[key, known as string]];
    }),
  );

/** The facts that conditions of these fields name, and nothing else of the case. */
const askedFor = (fields: readonly Field[], facts: Facts): Record<string, unknown> => {
  const asked: Record<string, unknown> = {};
  const paths = fields.flatMap(({ required, showIf }) =>
    [required, showIf].flatMap((one) => (typeof one === 'object' ? readCondition(one).paths : [])),
  );
  for (const path of paths) {
    const value = factAt(facts, path);
    const names = path.split('.');
    if (value === undefined || names[0] === 'data') continue;
    let at = asked;
    for (const name of names.slice(0, -1)) at = (at[name] ??= {}) as Record<string, unknown>;
    at[names.at(-1)!] = value;
  }
  return asked;
};

/**
 * SD3b-05: what the same customer complained of within thirty days before, in the same category, as `ticket.earlier` and
 * `ticket.recurring`. Asked for only where a form offers it, and of tickets that the reader may see.
 */
const withEarlier = async (
  { centre, actor }: Context,
  fields: readonly Field[],
  ticketId: string | null,
  facts: Facts,
): Promise<Facts> => {
  if (!ticketId || !fields.some(({ from }) => from === 'ticket.earlier')) return facts;
  const earlier = await centre.db.maybe(
    sql<{
      number: string;
    }>`select t.number from ticket t join ticket now on now.id = ${ticketId}::uuid where t.customer_id = now.customer_id and t.category = now.category and t.is_complaint and t.status <> 'cancelled' and t.id <> now.id and t.created_at < now.created_at and t.created_at >= now.created_at - interval '30 days' and ${mayReadTicket(actor)} order by t.created_at desc limit 1`,
  );
  return earlier
    ? { ...facts, ticket: { ...(facts.ticket as object), earlier: earlier.number, recurring: true } }
    : facts;
};

const openStep = async (
  context: Context,
  pack: Pack,
  step: Step,
  task: TaskView,
  ticked: Record<string, { by: string; at: string }>,
  facts: Facts,
  speaker: Facts['agent'],
): Promise<OpenStep> => {
  const kind = step.form ? await kindOf(context.centre.db, step.form) : undefined;
  const record = facts.record as { kind?: string; data?: Answers } | undefined;
  const known = kind && record?.kind === kind.key ? record.data : undefined;
  const fields = [...(step.fields ?? []), ...(kind?.fields ?? [])];
  return {
    task,
    step,
    scripts: scriptsFor(pack, step.script ?? [], speaker ? { ...facts, agent: speaker } : facts),
    fields: step.fields ?? [],
    form: kind ? { kind: kind.key, name: kind.name, fields: kind.fields } : null,
    values: {
      ...prefilled(fields, await withEarlier(context, fields, task.ticketId, facts)),
      ...known,
    },
    facts: askedFor(fields, facts),
    ticked: Object.entries(ticked).map(([index, { by, at }]) => ({ index: Number(index), by, at })),
    next: arrows(pack, step)
      .flatMap((key) => {
        const next = stepOf(pack, key);
        return next && next.kind !== 'end' ? [next.name] : [];
      })
      .slice(0, 5),
  };
};

/** Runs with what their screens show: five statements for any number of them, one more where records are theirs and one where the centre waits. */
const toViews = async (
  centre: Centre,
  actor: Actor,
  runs: readonly Joined[],
  locale: Locale,
): Promise<RunView[]> => {
  if (runs.length === 0) return [];
  const context = reading(centre, actor);
  const ids = runs.map(({ id }) => id);
  const [speaker, cases, rows] = await Promise.all([
    speakerOf(centre.db, actor),
    casesOf(context, runs),
    tasksWhere(
      centre.db,
      sql`k.run_id = any(${ids}::uuid[]) and k.step_key is not null order by k.created_at, k.id`,
    ),
  ]);
  const open = rows.filter(({ state, system }) => state === 'open' && !system).map(({ id }) => id);
  const waiting = rows.filter(({ state, system }) => state === 'open' && system).map(({ id }) => id);
  const [clocks, wakes] = await Promise.all([
    deadlinesOf(
      centre.db,
      [...new Set([...open, ...runs.flatMap(({ ticket_id }) => ticket_id ?? [])])],
      locale,
    ),
    instantsOf(centre.db, wakeKind, waiting),
  ]);
  const byRun = Map.groupBy(rows, ({ run_id }) => run_id!);
  return Promise.all(
    runs.map((run) =>
      toView(context, run, cases.get(run.id)!.facts, byRun.get(run.id) ?? [], clocks, wakes, speaker),
    ),
  );
};

/** What the centre itself waits for; how a step of it that is no wait goes on is its own matter. */
const waitOf = (step: Step | undefined, at: number | undefined): RunView['line'][number]['waits'] => {
  const until = step?.until;
  const event = until && 'event' in until ? events[until.event as keyof typeof events] : undefined;
  return { event: event ? { zh: event.zh, en: event.en } : null, until: at === undefined ? null : iso(at) };
};

type Rows = Awaited<ReturnType<typeof tasksWhere>>;
type Clocks = Awaited<ReturnType<typeof deadlinesOf>>;
const toView = async (
  context: Context,
  run: Joined,
  facts: Facts,
  rows: Rows,
  clocks: Clocks,
  wakes: ReadonlyMap<string, number>,
  speaker: Facts['agent'],
): Promise<RunView> => {
  const { centre, now } = context;
  const pack = await packOf(centre.db, run.playbook, run.version);
  /** A step may go by a clock of its ticket: then that clock says why. */
  const whyOf = (id: string, step: Step | undefined) =>
    clocks.get(id)?.[0]?.why ??
    (step?.clock && run.ticket_id
      ? clocks.get(run.ticket_id)?.find(({ kind }) => kind === step.clock)?.why
      : undefined) ??
    null;
  const views = rows.map((row) => {
    const step = stepOf(pack, row.step_key!);
    return { row, task: taskView(row, now, whyOf(row.id, step)), step };
  });
  const line = views.map(({ row, task, step }) => ({
    key: row.step_key!,
    name: step?.name ?? row.title,
    kind: step?.kind ?? row.kind,
    state: row.state,
    task: row.system ? null : task,
    waits: row.system && row.state === 'open' ? waitOf(step, wakes.get(row.id)) : null,
  }));
  const open = views.filter(({ row, step }) => row.state === 'open' && step);
  const coming =
    run.state === 'running'
      ? ahead(
          pack,
          open.map(({ step }) => step!),
          facts,
          new Set(rows.map(({ step_key }) => step_key!)),
        )
      : [];
  return {
    id: run.id,
    playbook: { key: run.playbook, name: pack.name, goal: pack.goal },
    version: run.version,
    state: run.state,
    outcome: run.outcome,
    subjectType: run.subject_type,
    subjectId: run.subject_id,
    ticketId: run.ticket_id,
    conversationId: run.conversation_id,
    customerId: run.customer_id,
    recordId: run.record_id,
    startedAt: iso(run.started_at)!,
    startedBy: run.starter,
    endedAt: iso(run.ended_at),
    endReason: run.end_reason,
    line: [
      ...line,
      ...coming.map(({ key, name, kind }) => ({
        key,
        name,
        kind,
        state: 'ahead' as const,
        task: null,
        waits: null,
      })),
    ],
    open: await Promise.all(
      open
        .filter(({ row }) => !row.system)
        .map(({ row, task, step }) =>
          openStep(context, pack, step!, task, row.data.ticked ?? {}, facts, speaker),
        ),
    ),
  };
};

export const runById = async (
  centre: Centre,
  actor: Actor,
  id: string,
  locale: Locale = 'zh-CN',
): Promise<RunView> => {
  const [run] = await runsWhere(centre, actor, sql`n.id = ${id}::uuid`);
  if (!run) throw notFound();
  return (await toViews(centre, actor, [run], locale))[0]!;
};

export type RunFilter = {
  subjectId?: string;
  ticketId?: string;
  conversationId?: string;
  customerId?: string;
  playbook?: string;
  state?: RunRow['state'];
  limit?: number;
};
export const listRuns = async (
  centre: Centre,
  actor: Actor,
  filter: RunFilter,
  locale: Locale,
): Promise<RunView[]> => {
  const { subjectId, ticketId, conversationId, customerId, playbook, state, limit = 20 } = filter;
  const runs = await runsWhere(
    centre,
    actor,
    sql`${subjectId ? sql`n.subject_id = ${subjectId}::uuid` : sql`true`} and ${ticketId ? sql`n.ticket_id = ${ticketId}::uuid` : sql`true`} and ${conversationId ? sql`n.conversation_id = ${conversationId}::uuid` : sql`true`} and ${customerId ? sql`n.customer_id = ${customerId}::uuid` : sql`true`}
    and ${playbook ? sql`n.playbook = ${playbook}` : sql`true`} and ${state ? sql`n.state = ${state}` : sql`true`} order by n.state = 'running' desc, n.started_at desc, n.id desc ${limitOf(limit)}`,
  );
  return toViews(centre, actor, runs, locale);
};
