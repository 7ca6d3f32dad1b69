/** Which clock a row shows. Pure. */
import type { TicketRowView } from '#contracts/routes/tickets.ts';

type Row = Pick<
  TicketRowView,
  'nextDueAt' | 'nextDueKind' | 'nextDueState' | 'taskDueAt' | 'taskTitle' | 'taskState'
>;
export type Next = { of: 'promise' | 'task'; dueAt: string | null };

/**
 * One clock, never two: what is due first, so a late one before all that still run. A paused promise gives way to a
 * task that runs; at the same instant the promise stands, for the step then goes by the ticket's own clock.
 */
export function nextOf({ nextDueAt, nextDueState, taskDueAt }: Row): Next {
  if (taskDueAt === null) return { of: 'promise', dueAt: nextDueAt };
  if (nextDueAt === null || nextDueState === 'paused') return { of: 'task', dueAt: taskDueAt };
  return Date.parse(taskDueAt) < Date.parse(nextDueAt)
    ? { of: 'task', dueAt: taskDueAt }
    : { of: 'promise', dueAt: nextDueAt };
}
