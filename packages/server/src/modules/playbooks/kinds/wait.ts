import { readDuration, wallMs } from '#contracts/durations.ts';
import { instantOf, limitOf } from '#contracts/flow.ts';
import type { Step } from '#contracts/pack.ts';
import { json, sql } from '#kernel/sql.ts';
import { calendarBook, add } from '#modules/calendar/index.ts';
import { openTask } from '#modules/tasks/index.ts';
import { taskOf } from './kind.ts';
import type { Kind, Scene } from './kind.ts';

export const wakeKind = 'playbooks.wake';

/** Opens the centre's own task for a step that waits. */
export const openWait = async (scene: Scene, step: Step): Promise<string> =>
  openTask(scene.context, {
    ...(await taskOf(scene, step)),
    assigneeId: null,
    roleKey: null,
    groupId: scene.about.group,
    system: true,
    limit: null,
    data: {},
  });

/** Whose events a run listens to: its subject and everything it hangs on, the ticket's conversations too. */
export const listen = async (
  { context, run }: Scene,
  taskId: string,
  event: string,
  condition: unknown,
  subjects?: readonly string[],
): Promise<void> => {
  const ids =
    subjects ??
    [
      run.id,
      run.subject_id,
      run.ticket_id,
      run.conversation_id,
      run.customer_id,
      run.record_id,
      ...(run.ticket_id
        ? (
            await context.tx.all(
              sql<{
                conversation_id: string;
              }>`select conversation_id from ticket_conversation where ticket_id = ${run.ticket_id}::uuid`,
            )
          ).map(({ conversation_id }) => conversation_id)
        : []),
    ].filter((id) => id !== null);
  await context.tx.later(
    sql`insert into run_wait (task_id, run_id, event, subject_ids, condition) values (${taskId}::uuid, ${run.id}::uuid, ${event}, ${[...new Set(ids)]}::uuid[], ${json(condition ?? {})}::jsonb)`,
  );
};

/** The instant a length from now ends; working time by the centre's calendar. */
const after = async ({ context }: Scene, text: string): Promise<number> => {
  const duration = readDuration(text)!;
  const ms = wallMs(duration);
  if (ms !== undefined) return context.now + ms;
  const book = await calendarBook(context.centre.db);
  const { amount, unit } = duration;
  const due = add(
    book.of(null),
    context.now,
    unit === 'bd' ? { businessDays: amount } : unit === 'bh' ? { hours: amount } : { minutes: amount },
  );
  if (!('dueAt' in due)) throw new Error(`no working time for ${text}`);
  return due.dueAt;
};

/** wait: for an event of the case, for an instant of the facts, or for a length of time; `timeout` ends it too. */
export const waiting: Kind = async (scene, step) => {
  const { context, facts } = scene;
  const until = step.until!;
  const instant =
    'instant' in until
      ? instantOf(until.instant, facts)
      : 'passed' in until
        ? await after(scene, until.passed)
        : null;
  // An instant that is not known or has passed does not hold anybody up.
  if (!('event' in until) && (instant === null || instant <= context.now)) return { over: 'reached' };
  const taskId = await openWait(scene, step);
  if (instant !== null) await context.schedule(wakeKind, taskId, instant, { outcome: 'reached' });
  if ('event' in until) {
    await listen(scene, taskId, until.event, until.if);
    const limit = step.timeout ? await after(scene, step.timeout) : limitEnd(scene, step);
    if (limit !== null) await context.schedule(wakeKind, taskId, limit, { outcome: 'timeout' });
  }
  return { open: taskId };
};
const limitEnd = ({ facts }: Scene, step: Step): number | null => {
  const limit = step.timeoutTo ? limitOf(step, facts) : null;
  return limit?.kind === 'instant' ? limit.at : null;
};
