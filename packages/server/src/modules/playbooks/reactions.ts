/** When something happened elsewhere, playbooks start, wake, end. */
import { heardEvents } from '#contracts/pack-facts.ts';
import { holds } from '#contracts/conditions.ts';
import { readDuration, wallMs } from '#contracts/durations.ts';
import type { InTransaction, Reaction } from '#kernel/centre.ts';
import type { Context, EventRecord } from '#kernel/command.ts';
import { Problem } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import { caseOf } from './facts.ts';
import { finish, jumpTo, leave, sceneOf, startRun, wake } from './engine.ts';
import { isBirth, mayStart } from './interest.ts';
import { inForceSince, lockRun, packOf } from './store.ts';
import type { RunRow } from './store.ts';

/** Of messages only the customer's own words matter to a process. */
const matters = (event: EventRecord): boolean => {
  if (event.type !== 'message.posted') return true;
  const { authorKind, visibility } = (event as EventRecord<'message.posted'>).data;
  return authorKind === 'customer' && visibility === 'public';
};

const probe = (event: EventRecord): RunRow => ({
  id: event.id,
  playbook: '',
  version: 0,
  state: 'running',
  outcome: null,
  subject_type: event.subjectType as 'ticket',
  subject_id: event.subjectId,
  ticket_id: event.subjectType === 'ticket' ? event.subjectId : null,
  conversation_id: event.subjectType === 'conversation' ? event.subjectId : null,
  customer_id: event.subjectType === 'customer' ? event.subjectId : (event.audience.customerId ?? null),
  record_id: event.subjectType === 'record' ? event.subjectId : null,
  answers: {},
  visits: {},
  event: event.data as Record<string, unknown>,
  parent_run_id: null,
  started_by: null,
  started_at: event.at,
  ended_at: null,
  end_reason: null,
});

/** So many records of the same kind agree in a field within a time, this one included (SD3i-07). */
const repeated = async (
  { tx, now }: Context,
  recordId: string,
  { field, within, atLeast }: { field: string; within: string; atLeast: number },
): Promise<boolean> => {
  const since = new Date(now - (wallMs(readDuration(within)!) ?? 0));
  const row = await tx.maybe(
    sql<{
      n: number;
    }>`select (select count(*)::int from record o where o.kind = r.kind and o.data ->> ${field} = r.data ->> ${field} and o.created_at >= ${since}) as n from record r where r.id = ${recordId}::uuid`,
  );
  return row?.n === atLeast;
};

/** Starts what the packs in force say should start now. */
const startFor = async (context: Context, event: EventRecord, stamp: number): Promise<void> => {
  const candidates = (await inForceSince(context.centre.db, context.now, stamp)).flatMap(({ key, pack }) =>
    pack.about === event.subjectType
      ? (pack.startsWhen ?? []).filter((start) => start.event === event.type).map((start) => ({ key, start }))
      : [],
  );
  if (candidates.length === 0) return;
  const { facts } = await caseOf(context, probe(event));
  for (const { key, start } of candidates) {
    if (!holds(start.if, facts)) continue;
    if (start.repeats && !(await repeated(context, event.subjectId, start.repeats))) continue;
    try {
      await startRun(context, {
        playbook: key,
        subject: { type: event.subjectType as 'ticket', id: event.subjectId },
        event: event.data as Record<string, unknown>,
        startedBy: ['user', 'token'].includes(event.actorKind) ? event.actorId : null,
      });
    } catch (error) {
      // It runs already: what should start has started.
      if (!(error instanceof Problem && error.code === 'PLAYBOOK_RUNNING')) throw error;
    }
  }
};

type Wait = { task_id: string; condition: never; run_id: string };
type Interest = { stamp: number; waits: Wait[]; runs: string[] };
/** Who may care: mostly nobody, so that one look is all an event costs. */
const interestIn = ({ tx }: Context, { subjectId, type }: EventRecord): Promise<Interest> =>
  tx.one(sql<Interest>`select (select version from playbook_stamp) as stamp,
    coalesce((select json_agg(json_build_object('task_id', task_id, 'run_id', run_id, 'condition', condition) order by task_id) from run_wait where subject_ids @> array[${subjectId}::uuid] and event = ${type}), '[]') as waits,
    coalesce((select json_agg(id order by id) from run where state = 'running' and (subject_id = ${subjectId}::uuid or ticket_id = ${subjectId}::uuid or record_id = ${subjectId}::uuid)), '[]') as runs`);

/** Wakes what waited for this event. */
const wakeFor = async (context: Context, event: EventRecord, waits: readonly Wait[]): Promise<void> => {
  for (const wait of waits) {
    const run = await context.tx.maybe(sql<RunRow>`select * from run where id = ${wait.run_id}::uuid`);
    if (!run) continue;
    const data = event.data as Record<string, unknown>;
    const { facts } = await caseOf(context, run, data);
    if (holds(wait.condition, facts)) await wake(context, wait.task_id, 'reached', data);
  }
};

/** Ends what the packs say is over or overtaken with this event; a cancelled or merged ticket ends all its runs. */
const endFor = async (context: Context, event: EventRecord, runs: readonly string[]): Promise<void> => {
  if (!['ticket', 'conversation', 'record', 'customer'].includes(event.subjectType)) return;
  for (const id of runs) {
    const run = await lockRun(context.tx, id);
    if (run.state !== 'running') continue;
    const pack = await packOf(context.centre.db, run.playbook, run.version);
    const ends = (pack.endsWhen ?? []).filter((end) => end.event === event.type);
    const jumps = (pack.jumpsWhen ?? []).filter((jump) => jump.event === event.type);
    const gone = event.type === 'ticket.cancelled';
    if (ends.length === 0 && jumps.length === 0 && !gone) continue;
    const scene = await sceneOf(context, { ...run, event: event.data as Record<string, unknown> });
    const end = ends.find((candidate) => holds(candidate.if, scene.facts));
    if (end) await finish({ ...scene, run }, end.outcome);
    else if (gone) await finish({ ...scene, run }, 'cancelled');
    else {
      const jump = jumps.find((candidate) => holds(candidate.if, scene.facts));
      if (jump) await jumpTo({ ...scene, run }, jump.to);
    }
  }
};

export const playbookReactions: readonly Reaction[] = [
  {
    name: 'playbooks.follow',
    on: heardEvents,
    when: (event, { db }) => matters(event) && (isBirth(event) ? mayStart(db, event) : true),
    react: async (context, event) => {
      const { stamp, waits, runs } = await interestIn(context, event);
      await wakeFor(context, event, waits);
      // What woke may have started runs that end with this very event.
      await endFor(context, event, waits.length > 0 ? (await interestIn(context, event)).runs : runs);
      await startFor(context, event, stamp);
    },
  },
];

/** A step is over: its run moves on in the same transaction, so that the next right step is there at once. */
export const moveOn: InTransaction = async (context, event) => {
  const { runId, step } = event.data as { runId?: string | null; step?: string | null };
  if (!runId || !step) return;
  const run = await lockRun(context.tx, runId);
  if (run.state !== 'running') return;
  const task = await context.tx.one(
    sql<{
      outcome: string | null;
      answers: RunRow['answers'][string];
      due_at: number | null;
    }>`select outcome, answers, due_at from task where id = ${event.subjectId}::uuid`,
  );
  // What comes next may ask how late it was: a meal of half an hour that took thirty-two minutes is two over (SD3b-13).
  const minutesLate: RunRow['answers'][string] =
    task.due_at === null ? {} : { minutesLate: Math.max(0, Math.ceil((context.now - task.due_at) / 60_000)) };
  await leave(context, run, step, task.outcome, { ...task.answers, ...minutesLate });
};
