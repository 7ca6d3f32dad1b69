/** Opening and ending tasks inside the transaction of whoever has something to be done. */
import type { Limit } from '#contracts/flow.ts';
import type { Words } from '#contracts/pack.ts';
import type { DeadlineKind, TaskKind } from '#contracts/words.ts';
import { userId } from '#kernel/actor.ts';
import type { Context } from '#kernel/command.ts';
import { given } from '#kernel/given.ts';
import { at, json, sql } from '#kernel/sql.ts';
import type { Gathered } from '#kernel/sql.ts';
import { dueOf, endClocks, startClock } from '#modules/deadlines/index.ts';
import type { LadderStep } from '#modules/policies/index.ts';
import { audienceOf, placeOf, showOnTicket } from './store.ts';
import type { TaskData, TaskRow } from './store.ts';

export type NewTask = {
  kind: TaskKind;
  title: Words;
  subject: { type: string; id: string };
  ticketId?: string | null;
  conversationId?: string | null;
  customerId?: string | null;
  recordId?: string | null;
  run?: { id: string; step: string; visit: number };
  assigneeId?: string | null;
  roleKey?: string | null;
  groupId?: string | null;
  /** A step of the centre itself: nobody's work, kept for the story. */ system?: boolean;
  limit?: Limit;
  /** The ticket's own clock of this kind is this task's clock; `limit` counts where the ticket has none. */
  clock?: DeadlineKind;
  warnAt?: number;
  ladder?: readonly LadderStep[];
  requestedBy?: string | null;
  data?: TaskData;
};

const rows = given({
  id: 'uuid',
  kind: 'text',
  state: 'text',
  title: 'jsonb',
  subject_type: 'text',
  subject_id: 'uuid',
  ticket_id: 'uuid',
  conversation_id: 'uuid',
  customer_id: 'uuid',
  record_id: 'uuid',
  run_id: 'uuid',
  step_key: 'text',
  visit: 'int',
  assignee_id: 'uuid',
  role_key: 'text',
  group_id: 'uuid',
  system: 'boolean',
  due_at: 'timestamptz',
  data: 'jsonb',
  requested_by: 'uuid',
  created_at: 'timestamptz',
});
type Opened = Omit<
  TaskRow,
  | 'late'
  | 'attempts'
  | 'outcome'
  | 'answers'
  | 'note'
  | 'done_at'
  | 'done_by'
  | 'version'
  | 'due_at'
  | 'created_at'
> & { due_at: Date | null; created_at: Date };
const opened: Gathered<Opened> = {
  insert: true,
  of: (tasks) => sql`insert into task (${rows.names}) select ${rows.names} from ${rows.of(tasks)} r`,
};

/** Opens a task, starts its clock, shows it on its ticket. Answers its id. */
export const openTask = async (context: Context, task: NewTask): Promise<string> => {
  const { tx, now, newId, emit, actor } = context;
  const id = newId();
  const place = {
    ticket_id: task.ticketId ?? null,
    conversation_id: task.conversationId ?? null,
    record_id: task.recordId ?? null,
  };
  const audience = audienceOf({
    assignee_id: task.assigneeId ?? null,
    group_id: task.groupId ?? null,
    requested_by: task.requestedBy ?? null,
    customer_id: task.customerId ?? null,
  });
  const shared = task.clock && task.ticketId ? await dueOf(tx, task.ticketId, task.clock) : null;
  const dueAt =
    shared ??
    (task.limit
      ? await startClock(context, {
          subjectType: 'task',
          subjectId: id,
          kind: task.kind as DeadlineKind,
          limit: task.limit,
          ticketId: task.ticketId,
          warnAt: task.warnAt,
          ladder: task.ladder,
          audience,
        })
      : null);
  await tx.gather(opened, {
    ...place,
    id,
    kind: task.kind,
    state: 'open',
    title: task.title,
    subject_type: task.subject.type,
    subject_id: task.subject.id,
    customer_id: task.customerId ?? null,
    run_id: task.run?.id ?? null,
    step_key: task.run?.step ?? null,
    visit: task.run?.visit ?? 1,
    assignee_id: task.assigneeId ?? null,
    role_key: task.roleKey ?? null,
    group_id: task.groupId ?? null,
    system: task.system ?? false,
    due_at: at(dueAt),
    data: { ...task.data, ...(task.clock ? { clock: task.clock } : {}) },
    requested_by: task.requestedBy ?? userId(actor),
    created_at: new Date(now),
  });
  if (!task.system) {
    emit(
      'task.opened',
      'task',
      id,
      { kind: task.kind, runId: task.run?.id ?? null, step: task.run?.step ?? null, ...placeOf(place) },
      audience,
    );
    await showOnTicket(tx, place.ticket_id);
  }
  return id;
};

export type Ending = {
  state: 'done' | 'skipped' | 'cancelled';
  outcome?: string | null;
  answers?: TaskRow['answers'];
  note?: string | null;
};

/**
 * Ends steps of the centre itself, at which it has waited: nobody's work, without clocks, heard by nobody.
 */
export const endWaits = ({ tx, now }: Context, ids: readonly string[], outcome: string): Promise<void> =>
  tx.later(
    sql`update task set state = 'done', outcome = ${outcome}, done_at = ${new Date(now)}, version = version + 1 where id = any(${ids}::uuid[])`,
  );

/** Ends a task with its clock; `done` and `skipped` are heard in this transaction by whoever waits for it. */
export const endTask = async (
  context: Context,
  row: TaskRow,
  { state, outcome = null, answers, note }: Ending,
): Promise<void> => {
  const { tx, now, actor, emit } = context;
  const audience = audienceOf(row);
  // A step of the centre itself has no clock of its own.
  if (!row.system) await endClocks(context, row.id, state === 'done' ? 'met' : 'cancelled', audience);
  const late = state === 'done' && row.due_at !== null && row.due_at < now;
  await tx.later(sql`
    update task set state = ${state}, outcome = ${outcome}, answers = coalesce(${answers ? json(answers) : null}::jsonb, answers), note = coalesce(${note ?? null}, note), late = late or ${late}, done_at = ${new Date(now)}, done_by = ${userId(actor)}::uuid, version = version + 1 where id = ${row.id}::uuid`);
  const place = placeOf(row);
  const of = { runId: row.run_id, step: row.step_key, ...place };
  if (!row.system) {
    if (state === 'done')
      emit('task.done', 'task', row.id, { kind: row.kind, outcome, late: late || row.late, ...of }, audience);
    if (state === 'skipped') emit('task.skipped', 'task', row.id, { reason: note ?? '', ...of }, audience);
    if (state === 'cancelled')
      emit('task.cancelled', 'task', row.id, { because: (note ?? '').slice(0, 200), ...place }, audience);
    await showOnTicket(tx, row.ticket_id);
  }
};
