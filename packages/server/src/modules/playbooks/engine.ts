/**
 * Moves runs through their packs, inside the transaction of whatever moved them.
 *
 *   start ──▶ reach(first) … a step stays open, or is over at once and leads on
 *   a task is done or skipped, an event or instant that was waited for comes ──▶ leave(step) ──▶ reach(next)
 */
import { awaited, firstStep, isMet, nextOf, stepOf, theEnd } from '#contracts/flow.ts';
import type { Step } from '#contracts/pack.ts';
import type { Context } from '#kernel/command.ts';
import { userId } from '#kernel/actor.ts';
import { Problem } from '#kernel/problem.ts';
import { given } from '#kernel/given.ts';
import { json, sql } from '#kernel/sql.ts';
import type { Gathered } from '#kernel/sql.ts';
import { endTask, endWaits } from '#modules/tasks/index.ts';
import type { TaskRow } from '#modules/tasks/index.ts';
import { noteFacts, ticketFacts } from '#modules/tickets/index.ts';
import { caseOf, casesOf } from './facts.ts';
import type { Case } from './facts.ts';
import { kinds, wakeKind } from './kinds/index.ts';
import type { Scene } from './kinds/index.ts';
import { audienceOf, inForce, packOf, placeOf } from './store.ts';
import type { RunRow } from './store.ts';

/** A run that passes so many steps at once goes in a circle that nobody works in. */
const mostAtOnce = 200;

export const sceneOf = async (context: Context, run: RunRow, known?: Case): Promise<Scene> => {
  const pack = await packOf(context.centre.db, run.playbook, run.version);
  const about = known ?? (await caseOf(context, run));
  return { context, run, pack, about, facts: about.facts };
};
const audience = ({ run, about }: Scene) => audienceOf(run, about.group, [about.assignee, about.accountable]);

type Progress = Pick<RunRow, 'id' | 'answers' | 'visits' | 'record_id'>;
const progressRows = given<Progress>({ id: 'uuid', answers: 'jsonb', visits: 'jsonb', record_id: 'uuid' });
const progress: Gathered<Progress> = {
  of: (runs) => sql`
    update run n set answers = r.answers, visits = r.visits, record_id = r.record_id, row_version = n.row_version + 1
    from ${progressRows.of([...new Map(runs.map((run) => [run.id, run])).values()])} r where n.id = r.id`,
};
const keepRun = ({ context, run: { id, answers, visits, record_id } }: Scene): Promise<void> =>
  context.tx.gather(progress, { id, answers, visits, record_id });

/** Steps of this run that are over, whatever came of them. */
const over = async ({ context, run }: Scene): Promise<Set<string>> =>
  new Set(
    (
      await context.tx.all(
        sql<{
          step_key: string;
        }>`select distinct step_key from task where run_id = ${run.id}::uuid and state in ('done', 'skipped') and step_key is not null`,
      )
    ).map(({ step_key }) => step_key),
  );

/** Reaches steps one after the other until each way stops at one that stays open, or at the end. */
export const reach = async (first: Scene, keys: readonly string[]): Promise<void> => {
  let scene = first;
  const todo = [...keys];
  for (let count = 0; todo.length > 0; count++) {
    if (count > mostAtOnce) throw new Error(`the playbook ${scene.run.playbook} goes in a circle`);
    const key = todo.shift()!;
    const step = stepOf(scene.pack, key);
    if (!step || step.kind === 'end') {
      await finish(scene, step?.outcome ?? 'done');
      return;
    }
    if (!isMet(step, scene.facts)) {
      todo.push(...nextOf(scene.pack, step, null, scene.facts));
      continue;
    }
    if (step.joins && awaited(step, await over(scene)).length > 0) continue;
    const visit = (scene.run.visits[key] ?? 0) + 1;
    if (step.atMost !== undefined && visit > step.atMost) {
      await finish(scene, step.timeoutTo ? 'limit' : 'limit_reached');
      return;
    }
    scene.run.visits = { ...scene.run.visits, [key]: visit };
    const reached = await enter(scene, step);
    scene.context.emit(
      'run.reached',
      'run',
      scene.run.id,
      { step: key, visit, taskId: 'open' in reached ? reached.open : null, ...placeOf(scene.run) },
      audience(scene),
    );
    if ('open' in reached) continue;
    // What a step has done may be asked for by the next; a branch does nothing.
    if (step.kind !== 'branch') scene = { ...scene, about: await caseOf(scene.context, scene.run) };
    scene.facts = scene.about.facts;
    todo.push(...nextOf(scene.pack, step, reached.over, scene.facts));
  }
  await keepRun(scene);
};

const enter = async (scene: Scene, step: Step) => {
  if (step.kind !== 'start') return kinds[step.kind](scene, step);
  await startRun(scene.context, {
    playbook: step.playbook!,
    subject: { type: scene.run.subject_type, id: scene.run.subject_id },
    parentRunId: scene.run.id,
  });
  return { over: 'started' };
};

/** Leaves a step with what came of it, and reaches what follows. */
export const leave = async (
  context: Context,
  run: RunRow,
  stepKey: string,
  outcome: string | null,
  answers: RunRow['answers'][string],
  known?: Case,
): Promise<void> => {
  run.answers = { ...run.answers, [stepKey]: { ...answers, ...(outcome === null ? {} : { outcome }) } };
  if (known) known.facts = { ...known.facts, answers: run.answers };
  const scene = await sceneOf(context, run, known);
  const step = stepOf(scene.pack, stepKey);
  await reach(scene, step ? nextOf(scene.pack, step, outcome, scene.facts) : [theEnd]);
};

/** Ends a run; what is still open in it is no longer owed. */
export const finish = async (scene: Scene, outcome: string): Promise<void> => {
  const { context, run } = scene;
  await endOpen(context, run.id, '流程已结束');
  await keepRun(scene);
  run.state = 'done';
  await context.tx.run(
    sql`update run set state = 'done', outcome = ${outcome}, ended_at = ${new Date(context.now)} where id = ${run.id}::uuid`,
  );
  context.emit(
    'run.ended',
    'run',
    run.id,
    { playbook: run.playbook, outcome, ...placeOf(run) },
    audience(scene),
  );
};

/** What is open has been overtaken: it is no longer owed and the run goes on at `key`, unless it stands there already. */
export const jumpTo = async (scene: Scene, key: string): Promise<void> => {
  const { context, run, pack } = scene;
  const there = await context.tx.maybe(
    sql`select 1 from task where run_id = ${run.id}::uuid and step_key = ${key} and state = 'open' limit 1`,
  );
  if (there) return;
  const name = stepOf(pack, key)!.name.zh;
  await endOpen(context, run.id, `不再需要，直接到「${name}」`);
  await reach(scene, [key]);
};

export const endOpen = async (context: Context, runId: string, because: string): Promise<void> => {
  for (const task of await context.tx.all(
    sql<TaskRow>`select * from task where run_id = ${runId}::uuid and state = 'open' order by id for update`,
  )) {
    await endTask(context, task, { state: 'cancelled', note: because });
    if (task.system) await stopWaiting(context, task.id);
  }
};

const stopWaiting = async (context: Context, taskId: string): Promise<void> => {
  await context.tx.later(sql`delete from run_wait where task_id = ${taskId}::uuid`);
  await context.unschedule(wakeKind, taskId);
};

/** What a step waited for has come; `event` is what conditions may ask for from now on. */
export const wake = async (
  context: Context,
  taskId: string,
  outcome: string,
  event?: Record<string, unknown>,
): Promise<void> => {
  const known = await context.tx.maybe(
    sql<{ run_id: string }>`select run_id from task where id = ${taskId}::uuid`,
  );
  const run =
    known &&
    (await context.tx.maybe(sql<RunRow>`select * from run where id = ${known.run_id}::uuid for update`));
  const task = await context.tx.maybe(
    sql<TaskRow>`select * from task where id = ${taskId}::uuid and state = 'open' for update`,
  );
  if (!run || !task || run.state !== 'running') return;
  await stopWaiting(context, taskId);
  if (event) {
    run.event = event;
    await context.tx.later(sql`update run set event = ${json(event)}::jsonb where id = ${run.id}::uuid`);
  }
  await endWaits(context, [taskId], outcome);
  await leave(context, run, task.step_key!, outcome, {});
};

type WakeOf = { taskId: string; outcome: string };
/**
 * Many instants that have come, in their order. Runs, tasks and cases of all are read at once and their waits end at
 * once; what an earlier one may have changed is read again. Ten thousand one by one took 17 s.
 */
export const wakeAll = async (context: Context, wakes: readonly WakeOf[]): Promise<void> => {
  const { tx } = context;
  const ids = wakes.map(({ taskId }) => taskId);
  const runs = await tx.all(
    sql<RunRow>`select * from run where id in (select run_id from task where id = any(${ids}::uuid[])) order by id for update`,
  );
  const tasks = await tx.all(
    sql<TaskRow>`select * from task where id = any(${ids}::uuid[]) and state = 'open' order by id for update`,
  );
  const cases = await casesOf(context, runs);
  await rememberTickets(context, runs);
  const { first, again } = sorted(wakes, runs, tasks);
  await tx.later(sql`delete from run_wait where task_id = any(${first.map(({ task }) => task.id)}::uuid[])`);
  for (const outcome of new Set(first.map((one) => one.outcome)))
    await endWaits(
      context,
      first.filter((one) => one.outcome === outcome).map(({ task }) => task.id),
      outcome,
    );
  // Commands are what changes a case; after the first one nothing that was read before it is believed.
  let changed = false;
  const watched: Context = {
    ...context,
    send: (...call) => {
      changed = true;
      return context.send(...call);
    },
  };
  for (const { run, task, outcome } of first) {
    const fresh = changed
      ? await tx.maybe(
          sql<RunRow>`select * from run where id = ${run.id}::uuid and state = 'running' for update`,
        )
      : run;
    if (fresh)
      await leave(watched, fresh, task.step_key!, outcome, {}, changed ? undefined : cases.get(run.id));
  }
  for (const { taskId, outcome } of again) await wake(context, taskId, outcome);
};
/** `first`: the first wake of each run, with what was read of it; `again`: what must see what the first has written. */
const sorted = (wakes: readonly WakeOf[], runs: readonly RunRow[], tasks: readonly TaskRow[]) => {
  const left = new Map(runs.filter(({ state }) => state === 'running').map((run) => [run.id, run]));
  const known = new Map(tasks.map((task) => [task.id, task]));
  const first: { run: RunRow; task: TaskRow; outcome: string }[] = [];
  const again: WakeOf[] = [];
  for (const wakeOf of wakes) {
    const task = known.get(wakeOf.taskId);
    const run = left.get(task?.run_id ?? '');
    if (!task) continue;
    if (!run) again.push(wakeOf);
    else if (left.delete(run.id)) first.push({ run, task, outcome: wakeOf.outcome });
  }
  return { first, again };
};
/** A clock looks for the calendar of its ticket. */
const rememberTickets = async ({ tx }: Context, runs: readonly RunRow[]): Promise<void> => {
  const ids = [...new Set(runs.flatMap(({ ticket_id }) => ticket_id ?? []))];
  if (ids.length > 1) for (const facts of await ticketFacts(tx, ids)) noteFacts(tx, facts);
};

type Subject = { type: RunRow['subject_type']; id: string };
type Begin = {
  playbook: string;
  subject: Subject;
  event?: Record<string, unknown>;
  parentRunId?: string;
  /** Who caused it, where it is not the actor: an event starts runs as the centre. */ startedBy?:
    | string
    | null;
};

/** What a subject hangs on. */
const hangsOn = async ({ tx }: Context, { type, id }: Subject) => {
  const none = { ticket_id: null, conversation_id: null, customer_id: null, record_id: null };
  if (type === 'ticket') {
    const row = await tx.one(
      sql<{
        customer_id: string;
        conversation_id: string | null;
      }>`select customer_id, (select tc.conversation_id from ticket_conversation tc join conversation v on v.id = tc.conversation_id where tc.ticket_id = ticket.id order by v.opened_at desc limit 1) as conversation_id from ticket where id = ${id}::uuid`,
    );
    return { ...none, ...row, ticket_id: id };
  }
  if (type === 'conversation') {
    const row = await tx.one(
      sql<{ customer_id: string | null }>`select customer_id from conversation where id = ${id}::uuid`,
    );
    return { ...none, ...row, conversation_id: id };
  }
  if (type === 'customer') return { ...none, customer_id: id };
  if (type === 'centre') return none;
  const row = await tx.one(
    sql<{
      customer_id: string | null;
      ticket_id: string | null;
      conversation_id: string | null;
    }>`select customer_id, ticket_id, conversation_id from record where id = ${id}::uuid`,
  );
  return { ...none, ...row, record_id: id };
};

/** Starts a playbook in its version in force. */
export const startRun = async (
  context: Context,
  { playbook: key, subject, event = {}, parentRunId, startedBy }: Begin,
): Promise<string> => {
  const { tx, now, actor, newId, emit, centre } = context;
  const found = (await inForce(centre.db, now)).find((one) => one.key === key);
  if (!found) throw new Problem('PLAYBOOK_UNKNOWN', { key });
  // Two starters at once: the second waits here and finds the first one's run.
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`run ${key} ${subject.id}`}, 0))`);
  const running = await tx.maybe(
    sql`select 1 from run where playbook = ${key} and subject_id = ${subject.id}::uuid and state = 'running' and parent_run_id is null`,
  );
  if (running && !found.pack.several && !parentRunId)
    throw new Problem('PLAYBOOK_RUNNING', { name: found.name });
  const id = newId();
  const run: RunRow = {
    id,
    playbook: key,
    version: found.version,
    state: 'running',
    outcome: null,
    subject_type: subject.type,
    subject_id: subject.id,
    ...(await hangsOn(context, subject)),
    answers: {},
    visits: {},
    event,
    parent_run_id: parentRunId ?? null,
    started_by: userId(actor) ?? startedBy ?? null,
    started_at: now,
    ended_at: null,
    end_reason: null,
  };
  await tx.run(sql`
    insert into run (id, playbook, version, state, subject_type, subject_id, ticket_id, conversation_id, customer_id, record_id, event, parent_run_id, started_by, started_at)
    values (${id}::uuid, ${key}, ${run.version}::int, 'running', ${run.subject_type}, ${run.subject_id}::uuid, ${run.ticket_id}::uuid, ${run.conversation_id}::uuid, ${run.customer_id}::uuid, ${run.record_id}::uuid, ${json(event)}::jsonb, ${run.parent_run_id}::uuid, ${run.started_by}::uuid, ${new Date(now)})`);
  const scene = await sceneOf(context, run);
  emit('run.started', 'run', id, { playbook: key, version: run.version, ...placeOf(run) }, audience(scene));
  await reach(scene, [firstStep(scene.pack)]);
  return id;
};
