/**
 * Fires what is due: claims rows nobody else holds, lets the rules say what happened, writes and tells it in the one
 * transaction of the caller. So each thing happens once, over any number of processes and any crash.
 */
import type { Context } from '#kernel/command.ts';
import { setNextDue } from '#modules/tickets/index.ts';
import type { NextDue } from '#modules/tickets/index.ts';
import { bookOf, mathOf } from './engine.ts';
import { hearersOf } from './hearers.ts';
import { tick } from './rules.ts';
import type { Deadline, DeadlineEvent } from './rules.ts';
import { claimDue, updateTicked } from './store.ts';
import { shown, tellAll } from './tell.ts';

/** A clock that cannot be ticked waits this long and does not hold up the others. */
const parkMs = 60_000;

export const fireDue = async (context: Context, limit: number): Promise<number> => {
  const { tx, now, centre } = context;
  const claimed = await claimDue(tx, now, limit);
  if (claimed.length === 0) return 0;
  const hearers = await hearersOf(context, claimed);
  const free = claimed.filter(({ subjectId }) => hearers.has(subjectId));
  const math = mathOf(await bookOf(context, new Set(free.map(({ calendarId }) => calendarId))));
  const changed: Deadline[] = [];
  const events: DeadlineEvent[] = [];
  for (const clock of free) {
    try {
      const outcome = tick(clock, now, math);
      changed.push(outcome.deadline);
      events.push(...outcome.events);
    } catch (error) {
      centre.log.error({ err: error, deadline: clock.id }, 'a clock cannot be ticked');
      changed.push({ ...clock, nextAt: now + parkMs });
    }
  }
  await updateTicked(tx, changed);
  tellAll(context, events, (subjectId) => hearers.get(subjectId)?.audience ?? {});
  // A tick moves no due instant, so the clock a ticket shows stays the same one; only its state is new.
  const rows = changed.flatMap((clock): NextDue[] => {
    const next = hearers.get(clock.subjectId)?.next;
    if (!next || next.kind !== clock.kind || next.dueAt !== clock.dueAt) return [];
    return [{ ticketId: clock.subjectId, dueAt: clock.dueAt, kind: clock.kind, state: shown(clock) }];
  });
  if (rows.length > 0) await setNextDue(tx, rows);
  for (const [type, { clocks }] of centre.subjects) {
    const own = clocks ? changed.filter(({ subjectType }) => subjectType === type) : [];
    if (own.length > 0)
      await clocks!.show(
        context,
        own.map((clock) => ({ subjectId: clock.subjectId, dueAt: clock.dueAt, state: shown(clock) })),
      );
  }
  return changed.length;
};
