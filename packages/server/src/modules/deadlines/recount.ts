/** A changed calendar or an imported plan moves the clocks that rest on it, each move told. */
import type { Context } from '#kernel/command.ts';
import { calendarBook } from '#modules/calendar/index.ts';
import type { CalendarBook } from '#modules/calendar/index.ts';
import { policiesOfVersion } from '#modules/policies/index.ts';
import { mathOf } from './engine.ts';
import { hearersOf } from './hearers.ts';
import { retarget } from './rules.ts';
import type { Deadline, DeadlineEvent, Terms } from './rules.ts';
import { lockOpen, openOnCalendar, updateClocks } from './store.ts';
import { showNearest, tellAll } from './tell.ts';

const batch = 1000;

/** Another process may start clocks by the old calendar for as long as its book is kept; they are looked at after that. */
export const recountAgainMs = 5000;

/** Counts all open clocks of a calendar anew, as this transaction sees it; returns how many due instants moved. */
export const recount = async (context: Context, calendarId: string): Promise<number> => {
  const { tx, now } = context;
  const book = await calendarBook(tx);
  if (!book.has(calendarId)) return 0;
  const math = mathOf(book);
  const ids = await openOnCalendar(tx, calendarId);
  let moved = 0;
  for (let at = 0; at < ids.length; at += batch) {
    const clocks = await lockOpen(tx, ids.slice(at, at + batch));
    const hearers = await hearersOf(context, clocks);
    const changed: Deadline[] = [];
    const events: DeadlineEvent[] = [];
    for (const clock of clocks) {
      if (!hearers.has(clock.subjectId)) continue;
      const outcome = retarget(clock, await termsNow(context, clock, book), now, math, 'calendar');
      if (outcome.deadline.dueAt !== clock.dueAt) moved += 1;
      if (isSame(outcome.deadline, clock)) continue;
      changed.push(outcome.deadline);
      events.push(...outcome.events);
    }
    await updateClocks(tx, changed);
    tellAll(context, events, (subjectId) => hearers.get(subjectId)?.audience ?? {});
    await showNearest(context, [
      ...new Set(
        changed.filter(({ subjectType }) => subjectType === 'ticket').map(({ subjectId }) => subjectId),
      ),
    ]);
  }
  return moved;
};

const isSame = (a: Deadline, b: Deadline): boolean =>
  a.dueAt === b.dueAt &&
  a.warnAt === b.warnAt &&
  a.nextAt === b.nextAt &&
  a.state === b.state &&
  a.pausedMinutes === b.pausedMinutes;

/** A target in working days is as long as the calendar's day is now. */
const termsNow = async (
  { centre }: Context,
  { policyId, policyVersion, calendarId }: Deadline,
  book: CalendarBook,
): Promise<Partial<Terms>> => {
  const policy = (await policiesOfVersion(centre.db, policyVersion)).items.find(({ id }) => id === policyId);
  if (policy?.unit !== 'businessDays' || policy.value === null) return {};
  return { targetMinutes: policy.value * book.of(calendarId).minutesPerBusinessDay };
};
