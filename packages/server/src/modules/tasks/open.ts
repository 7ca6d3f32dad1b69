/** Opening and ending tasks inside the transaction of whoever has something to be done. */
import type { Limit } from '#contracts/flow.ts';
import type { Words } from '#contracts/pack.ts';
import type { DeadlineKind, TaskKind } from '#contracts/words.ts';
import { userId } from '#kernel/actor.ts';
import type { Context } from '#kernel/command.ts';
import { json, sql } from '#kernel/sql.ts';
import { dueOf, endClocks, startClock } from '#modules/deadlines/index.ts';
import type { LadderStep } from '#modules/policies/index.ts';
import { audienceOf, placeOf, showOnTickets } from './store.ts';
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
  await tx.insert(sql`
    insert into task (id, kind, state, title, subject_type, subject_id, ticket_id, conversation_id, customer_id, record_id, run_id, step_key, visit, assignee_id, role_key, group_id, system, due_at, data, requested_by, created_at)
    values (${id}::uuid, ${task.kind}, 'open', ${json(task.title)}::jsonb, ${task.subject.type}, ${task.subject.id}::uuid, ${place.ticket_id}::uuid, ${place.conversation_id}::uuid, ${task.customerId ?? null}::uuid, ${place.record_id}::uuid, ${task.run?.id ?? null}::uuid, ${task.run?.step ?? null}, ${task.run?.visit ?? 1}::int, ${task.assigneeId ?? null}::uuid, ${task.roleKey ?? null}, ${task.groupId ?? null}::uuid, ${task.system ?? false}, ${dueAt === null ? null : new Date(dueAt)}::timestamptz, ${json(task.data ?? {})}::jsonb, ${task.requestedBy ?? userId(actor)}::uuid, ${new Date(now)})`);
  if (!task.system) {
    emit(
      'task.opened',
      'task',
      id,
      { kind: task.kind, runId: task.run?.id ?? null, step: task.run?.step ?? null, ...placeOf(place) },
      audience,
    );
    await showOnTickets(tx, [place.ticket_id]);
  }
  return id;
};

export type Ending = {
  state: 'done' | 'skipped' | 'cancelled';
  outcome?: string | null;
  answers?: TaskRow['answers'];
  note?: string | null;
};

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
    await showOnTickets(tx, [row.ticket_id]);
  }
};
