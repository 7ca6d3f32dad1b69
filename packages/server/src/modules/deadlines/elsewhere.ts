/** Clocks of things that other modules keep, such as tasks: they say how long, and when it is over. */
import type { DeadlineKind } from '#contracts/words.ts';
import type { Limit } from '#contracts/flow.ts';
import type { Audience, Context } from '#kernel/command.ts';
import type { LadderStep } from '#modules/policies/index.ts';
import { bookOf, knowTicket, mathOf } from './engine.ts';
import { cancel, isEnded, meet, start } from './rules.ts';
import type { Outcome } from './rules.ts';
import { insertClocks, lockClocks, updateClocks } from './store.ts';
import { tellAll } from './tell.ts';

export type OwnClock = {
  subjectType: string;
  subjectId: string;
  kind: DeadlineKind;
  limit: NonNullable<Limit>;
  /** The channel's calendar of this ticket counts; else the centre's standard one. */
  ticketId?: string | null;
  /** Share of the target after which a warning is due; 0.8 unless told. */
  warnAt?: number;
  ladder?: readonly LadderStep[];
  audience: Audience;
};

type Timed = Omit<OwnClock, 'audience'>;
/** The clock as it would start now, without starting it. */
const clockOf = async (context: Context, own: Timed) => {
  const { now, newId } = context;
  const known = own.ticketId ? await knowTicket(context, own.ticketId, true) : undefined;
  const calendarId = known?.about.calendarId ?? null;
  const book = await bookOf(context, [calendarId]);
  const { limit } = own;
  const begun = limit.kind === 'target' ? (limit.from ?? now) : now;
  // A millisecond is the least a clock may run: what was due before it was known is late with the next tick.
  const wall = limit.kind === 'instant' ? Math.max(limit.at - now, 1) / 60_000 : limit.value;
  const business = limit.kind === 'target' && limit.unit !== 'wall';
  const targetMinutes =
    limit.kind === 'target' && limit.unit === 'businessDays'
      ? limit.value * book.of(calendarId).minutesPerBusinessDay
      : wall;
  const outcome = start(
    { id: newId(), subjectType: own.subjectType, subjectId: own.subjectId, kind: own.kind },
    {
      unit: business ? 'business' : 'wall',
      calendarId: business ? (calendarId ?? book.standardId) : null,
      policyId: null,
      policyVersion: 0,
      targetMinutes,
      warnFraction: own.warnAt ?? 0.8,
      ladder: own.ladder ?? [],
    },
    begun,
    mathOf(book),
  );
  if ('refusal' in outcome) throw new Error(`a clock of ${own.subjectType} has no positive target`);
  return outcome;
};

/** When such a clock would be due. */
export const wouldBeDue = async (context: Context, own: Timed): Promise<number> =>
  (await clockOf(context, own)).deadline.dueAt!;

/** Starts a clock; answers the due instant. A due instant that has passed is late at once. */
export const startClock = async (context: Context, own: OwnClock): Promise<number> => {
  const { deadline, events } = await clockOf(context, own);
  await insertClocks(context.tx, [deadline]);
  tellAll(context, events, () => own.audience);
  return deadline.dueAt!;
};

/** Ends the open clocks of a subject: kept now, or no longer owed. Answers whether one of them was late. */
export const endClocks = async (
  context: Context,
  subjectId: string,
  how: 'met' | 'cancelled',
  audience: Audience,
): Promise<boolean> => {
  const open = (await lockClocks(context.tx, subjectId)).filter((clock) => !isEnded(clock));
  if (open.length === 0) return false;
  const math = mathOf(
    await bookOf(
      context,
      open.map(({ calendarId }) => calendarId),
    ),
  );
  const ended = open.map((clock): Outcome => (how === 'met' ? meet : cancel)(clock, context.now, math));
  await updateClocks(
    context.tx,
    ended.map(({ deadline }) => deadline),
  );
  tellAll(
    context,
    ended.flatMap(({ events }) => events),
    () => audience,
  );
  return ended.some(({ deadline }) => deadline.state === 'met_late' || deadline.breachedAt !== null);
};
