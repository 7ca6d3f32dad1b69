/** Writes what the rules decided and tells it: rows in one statement each, events, the nearest clock on the ticket. */
import type { EventData } from '#contracts/events.ts';
import type { Audience, Context } from '#kernel/command.ts';
import { setNextDue } from '#modules/tickets/index.ts';
import type { NextDue } from '#modules/tickets/index.ts';
import type { Followed } from './follow.ts';
import { isEnded } from './rules.ts';
import type { Deadline, DeadlineEvent } from './rules.ts';
import { insertClocks, nearestClocks, updateClocks } from './store.ts';
import type { Nearest } from './store.ts';

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/** Event data by type; what every clock event says stands in front. */
const dataOf = (event: DeadlineEvent): EventData<'deadline.started'> => {
  const clock = { deadlineId: event.deadlineId, kind: event.kind, dueAt: iso(event.dueAt) };
  switch (event.type) {
    case 'deadline.resumed':
      return { ...clock, pausedMinutes: event.pausedMinutes } as typeof clock;
    case 'deadline.met':
      return { ...clock, late: event.late, ...(event.withdrawn ? { withdrawn: true } : {}) } as typeof clock;
    case 'deadline.escalated':
      return {
        ...clock,
        step: event.step,
        notify: event.notify,
        ...(event.raiseLevel ? { raiseLevel: true } : {}),
      } as typeof clock;
    case 'deadline.moved':
      return {
        ...clock,
        was: iso(event.was),
        because: event.because,
        ...(event.withdrawn ? { withdrawn: true } : {}),
      } as typeof clock;
    default:
      return clock;
  }
};

export const tellAll = (
  context: Context,
  events: readonly DeadlineEvent[],
  audienceOf: (subjectId: string) => Audience,
): void => {
  for (const event of events)
    context.emit(event.type, event.of, event.ofId, dataOf(event) as never, audienceOf(event.ofId));
};

/** How a ticket row shows the state of its clock. */
export const shown = ({ state, warnedAt }: Pick<Nearest, 'state' | 'warnedAt'>): string =>
  state === 'running' && warnedAt !== null ? 'warned' : state;

/** The clock a ticket row shows: due first among those that run, a paused one where nothing else runs (C4). */
export const nearest = (clocks: readonly Deadline[]): Deadline | undefined =>
  clocks
    .filter((clock) => !isEnded(clock) && clock.dueAt !== null)
    .toSorted(
      (a, b) => Number(a.state === 'paused') - Number(b.state === 'paused') || a.dueAt! - b.dueAt!,
    )[0];

/** The columns of a ticket row for the clock it shows. */
export const rowOf = (next: Nearest | Deadline | undefined): Omit<NextDue, 'ticketId'> => ({
  dueAt: next?.dueAt ?? null,
  kind: next?.kind ?? null,
  state: next ? shown(next) : null,
});

/** Writes and tells what happened to the clocks of one subject; with `ticketId` its row shows the nearest one. */
export const settle = async (
  context: Context,
  ticketId: string | undefined,
  { started, changed, events, clocks }: Followed,
  audience: Audience,
): Promise<void> => {
  if (started.length === 0 && changed.length === 0) return;
  await updateClocks(context.tx, changed);
  tellAll(context, events, () => audience);
  if (ticketId) await setNextDue(context.tx, [{ ticketId, ...rowOf(nearest(clocks)) }]);
  // Last, because inserts leave together with those of the events.
  await insertClocks(context.tx, started);
};

/** The same for many tickets whose other clocks are not in hand. */
export const showNearest = async (context: Context, ticketIds: readonly string[]): Promise<void> => {
  if (ticketIds.length === 0) return;
  const near = new Map((await nearestClocks(context.tx, ticketIds)).map((next) => [next.subjectId, next]));
  const rows = ticketIds.map((ticketId) => ({ ticketId, ...rowOf(near.get(ticketId)) }));
  await setNextDue(context.tx, rows);
};
