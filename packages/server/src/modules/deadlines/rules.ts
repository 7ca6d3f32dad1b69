/**
 * The one clock engine, pure: what a promise with a time does when it starts, pauses, resumes, is met, is late.
 *
 *   running ──▶ paused ──▶ running …          a pause moves the due instant by exactly its counted minutes
 *   running ──▶ met                           met at the due instant is still met
 *   running ──▶ breached ──▶ met_late         breached one millisecond after the due instant; the clock stays open
 *   any open state ──▶ cancelled              and each rung of the ladder is told once while it is late
 *
 * Every function first lets happen what should have happened by then, so late or missed ticks change nothing but
 * the hour at which it is noticed. Instants are epoch ms; the calendar comes in as `Arithmetic`.
 */
import type { DeadlineKind, DeadlineState } from '#contracts/words.ts';
import type { Pause, TraceStep } from '#modules/calendar/index.ts';
import type { LadderStep } from '#modules/policies/index.ts';

/** What the clock counts in. */
export type Clock = { unit: 'wall' | 'business'; calendarId: string | null };

/** The calendars, as the engine needs them. Pauses that begin after the result are ignored. */
export type Arithmetic = {
  /** Instant at which so many minutes (> 0) have been counted from `from`. */
  after(clock: Clock, from: number, minutes: number, pauses: readonly Pause[]): number;
  /** Minutes counted between two instants. */
  between(clock: Clock, from: number, to: number): number;
  /** The reasoning behind a due instant. */
  trace(clock: Clock, from: number, minutes: number, pauses: readonly Pause[]): TraceStep[];
};

/** What a policy row asks of a clock. */
export type Terms = Clock & {
  policyId: string | null;
  policyVersion: number;
  /** Null: no target; the clock runs without ever being due (SD1-17). */
  targetMinutes: number | null;
  /** Share of the target after which a warning is due; 1 for none. */
  warnFraction: number;
  /** Minutes from the breach in the clock's own unit. */
  ladder: readonly LadderStep[];
};

export type Subject = { id: string; subjectType: string; subjectId: string; kind: DeadlineKind };

export type Deadline = Subject &
  Terms & {
    state: DeadlineState;
    startedAt: number;
    pausedAt: number | null;
    /** Closed pauses, in order. */
    pauses: readonly Pause[];
    /** Minutes of the closed pauses that counted, in the clock's unit. */
    pausedMinutes: number;
    dueAt: number | null;
    warnAt: number | null;
    /** The next instant at which something happens by itself; null when nothing will. */
    nextAt: number | null;
    warnedAt: number | null;
    breachedAt: number | null;
    /** How many rungs of the ladder have been told. */
    ladderStep: number;
    /** When it was met or cancelled. */
    endedAt: number | null;
    why: readonly TraceStep[];
  };

type Happened = {
  at: number;
  deadlineId: string;
  kind: DeadlineKind;
  of: string;
  ofId: string;
  dueAt: number | null;
};
export type DeadlineEvent = Happened &
  (
    | {
        type:
          | 'deadline.started'
          | 'deadline.paused'
          | 'deadline.warned'
          | 'deadline.breached'
          | 'deadline.cancelled';
      }
    | { type: 'deadline.resumed'; pausedMinutes: number }
    /** `withdrawn`: a breach was already told when it turned out that the promise had been kept in time. */
    | { type: 'deadline.met'; late: boolean; withdrawn: boolean }
    | { type: 'deadline.escalated'; step: number; notify: LadderStep['notify']; raiseLevel: boolean }
    | { type: 'deadline.moved'; was: number | null; because: string; withdrawn: boolean }
  );

export type Outcome = { deadline: Deadline; events: DeadlineEvent[] };
export type StartRefusal = { refusal: 'TARGET_NOT_POSITIVE' };

/** Starts a clock; a target that is not above zero is refused, none at all is allowed. */
export function start(subject: Subject, terms: Terms, now: number, math: Arithmetic): Outcome | StartRefusal {
  if (terms.targetMinutes !== null && !(Math.round(terms.targetMinutes * 60_000) > 0))
    return { refusal: 'TARGET_NOT_POSITIVE' };
  const deadline = placed(
    {
      ...subject,
      ...terms,
      state: 'running',
      startedAt: now,
      pausedAt: null,
      pauses: [],
      pausedMinutes: 0,
      dueAt: null,
      warnAt: null,
      nextAt: null,
      warnedAt: null,
      breachedAt: null,
      ladderStep: 0,
      endedAt: null,
      why: [],
    },
    math,
  );
  return { deadline, events: [{ type: 'deadline.started', ...happened(deadline, now) }] };
}

/** Lets everything happen that is due by `now`, in order, each thing once. */
export function tick(deadline: Deadline, now: number, math: Arithmetic): Outcome {
  return caughtUp({ deadline, events: [] }, now, -Infinity, math);
}

/** Stops the clock, for example while the customer is asked (SD1-23). A late clock stops its ladder. */
export function pause(deadline: Deadline, now: number, math: Arithmetic): Outcome {
  const outcome = tick(deadline, now, math);
  const { state, startedAt } = outcome.deadline;
  if (state !== 'running' && state !== 'breached') return outcome;
  const paused: Deadline = {
    ...outcome.deadline,
    state: 'paused',
    pausedAt: Math.max(now, startedAt),
    nextAt: null,
  };
  return {
    deadline: paused,
    events: [...outcome.events, { type: 'deadline.paused', ...happened(paused, now) }],
  };
}

/** Runs on; the due instant moves by what the pause would have counted. */
export function resume(deadline: Deadline, now: number, math: Arithmetic): Outcome {
  if (deadline.pausedAt === null) return tick(deadline, now, math);
  const running = placed(unpaused(deadline, now, math), math);
  const event: DeadlineEvent = {
    type: 'deadline.resumed',
    ...happened(running, now),
    pausedMinutes: running.pausedMinutes,
  };
  return caughtUp({ deadline: running, events: [event] }, now, now, math);
}

/**
 * The promise was kept at `metAt`, which may lie before what ticks have told already: a message that arrives
 * late but was sent in time withdraws the breach.
 */
export function meet(deadline: Deadline, metAt: number, math: Arithmetic): Outcome {
  if (isEnded(deadline)) return { deadline, events: [] };
  const open = deadline.pausedAt === null ? deadline : placed(unpaused(deadline, metAt, math), math);
  const { deadline: known, events } = tick(open, metAt, math);
  const late = known.dueAt !== null && metAt > known.dueAt;
  const withdrawn = !late && known.breachedAt !== null;
  const met: Deadline = {
    ...known,
    state: late ? 'met_late' : 'met',
    breachedAt: late ? known.breachedAt : null,
    endedAt: metAt,
    nextAt: null,
  };
  return {
    deadline: met,
    events: [...events, { type: 'deadline.met', ...happened(met, metAt), late, withdrawn }],
  };
}

/** The promise is no longer owed. A breach that has happened stays on record. */
export function cancel(deadline: Deadline, now: number, math: Arithmetic): Outcome {
  if (isEnded(deadline)) return { deadline, events: [] };
  const { deadline: known, events } = tick(deadline, now, math);
  const open = known.pausedAt === null ? known : unpaused(known, now, math);
  const cancelled: Deadline = { ...open, state: 'cancelled', endedAt: now, nextAt: null };
  return {
    deadline: cancelled,
    events: [...events, { type: 'deadline.cancelled', ...happened(cancelled, now) }],
  };
}

/**
 * An ended clock runs on: the promise turned out not to be kept. The time it lay ended counts as a pause; a breach
 * that had happened stays one and its ladder goes on.
 */
export function runOn(deadline: Deadline, now: number, math: Arithmetic): Outcome {
  if (!isEnded(deadline)) return { deadline, events: [] };
  const lying: Deadline = { ...deadline, pausedAt: deadline.endedAt, endedAt: null };
  const running = placed(unpaused(lying, now, math), math);
  const event: DeadlineEvent = {
    type: 'deadline.resumed',
    ...happened(running, now),
    pausedMinutes: running.pausedMinutes,
  };
  return caughtUp({ deadline: running, events: [event] }, now, now, math);
}

/**
 * Puts an open clock under other terms, or under the same terms with a changed calendar (empty `terms`). It counts
 * from its own start as if it had always been so; a breach that no longer is one is withdrawn, a warning whose
 * instant lies ahead again will be given again. `because` says why in the event.
 */
export function retarget(
  deadline: Deadline,
  terms: Partial<Terms>,
  now: number,
  math: Arithmetic,
  because: string,
): Outcome {
  if (isEnded(deadline)) return { deadline, events: [] };
  const changed = { ...deadline, ...terms };
  const moved = placed({ ...changed, pausedMinutes: pausedMinutes(changed, math) }, math);
  const reached = moved.pausedAt ?? now;
  const withdrawn = moved.breachedAt !== null && (moved.dueAt === null || reached <= moved.dueAt);
  const restored: Deadline = {
    ...moved,
    state: withdrawn && moved.state === 'breached' ? 'running' : moved.state,
    breachedAt: withdrawn ? null : moved.breachedAt,
    ladderStep: withdrawn ? 0 : moved.ladderStep,
    warnedAt: moved.warnAt === null || reached < moved.warnAt ? null : moved.warnedAt,
  };
  const next = { ...restored, nextAt: nextOf(restored, math) };
  const event: DeadlineEvent = {
    type: 'deadline.moved',
    ...happened(next, now),
    was: deadline.dueAt,
    because,
    withdrawn,
  };
  return caughtUp({ deadline: next, events: next.dueAt === deadline.dueAt ? [] : [event] }, now, now, math);
}

export const isEnded = ({ state }: Pick<Deadline, 'state'>): boolean =>
  state === 'met' || state === 'met_late' || state === 'cancelled';

/** `floor`: nothing is told as earlier than the change that brought it about. */
function caughtUp({ deadline, events }: Outcome, now: number, floor: number, math: Arithmetic): Outcome {
  const told = [...events];
  let current = deadline;
  while (current.nextAt !== null && current.nextAt <= now) {
    const [next, event] = fired(current, floor);
    current = { ...next, nextAt: nextOf(next, math) };
    told.push(event);
  }
  return { deadline: current, events: told };
}

/** The one thing that happens at `nextAt`. */
function fired(deadline: Deadline, floor: number): [Deadline, DeadlineEvent] {
  const { state, warnAt, warnedAt, dueAt, nextAt, ladder, ladderStep } = deadline;
  if (state === 'breached') {
    const { notify, raiseLevel = false } = ladder[ladderStep]!;
    const next = { ...deadline, ladderStep: ladderStep + 1 };
    return [
      next,
      {
        type: 'deadline.escalated',
        ...happened(next, Math.max(nextAt!, floor)),
        step: next.ladderStep,
        notify,
        raiseLevel,
      },
    ];
  }
  if (warnAt !== null && warnedAt === null && nextAt === warnAt) {
    const at = Math.max(warnAt, floor);
    const next = { ...deadline, warnedAt: at };
    return [next, { type: 'deadline.warned', ...happened(next, at) }];
  }
  const at = Math.max(dueAt!, floor);
  const next: Deadline = { ...deadline, state: 'breached', breachedAt: at };
  return [next, { type: 'deadline.breached', ...happened(next, at) }];
}

function nextOf(deadline: Deadline, math: Arithmetic): number | null {
  const { state, dueAt, warnAt, warnedAt, breachedAt, ladder, ladderStep, pauses } = deadline;
  if (dueAt === null) return null;
  if (state === 'running')
    return warnedAt === null && warnAt !== null && warnAt <= dueAt ? warnAt : dueAt + 1;
  if (state !== 'breached') return null;
  const rung = ladder[ladderStep];
  if (!rung) return null;
  const since = breachedAt ?? dueAt;
  return Math.max(
    dueAt + 1,
    rung.afterMinutes > 0 ? math.after(deadline, since, rung.afterMinutes, pauses) : since,
  );
}

/** The same clock with its instants computed anew from its start, target and pauses. */
function placed(deadline: Deadline, math: Arithmetic): Deadline {
  const { startedAt, targetMinutes, warnFraction, pauses } = deadline;
  if (targetMinutes === null) return { ...deadline, dueAt: null, warnAt: null, nextAt: null, why: [] };
  const next: Deadline = {
    ...deadline,
    dueAt: math.after(deadline, startedAt, targetMinutes, pauses),
    warnAt: warnFraction < 1 ? math.after(deadline, startedAt, targetMinutes * warnFraction, pauses) : null,
    why: math.trace(deadline, startedAt, targetMinutes, pauses),
  };
  return { ...next, nextAt: nextOf(next, math) };
}

function unpaused(deadline: Deadline, at: number, math: Arithmetic): Deadline {
  const from = deadline.pausedAt!;
  const pauses = at > from ? [...deadline.pauses, { from, to: at }] : deadline.pauses;
  const next: Deadline = {
    ...deadline,
    state: deadline.breachedAt === null ? 'running' : 'breached',
    pausedAt: null,
    pauses,
  };
  return { ...next, pausedMinutes: pausedMinutes(next, math) };
}

const pausedMinutes = (deadline: Deadline, math: Arithmetic): number =>
  deadline.pauses.reduce((total, { from, to }) => total + math.between(deadline, from, to), 0);

const happened = ({ id, kind, subjectType, subjectId, dueAt }: Deadline, at: number): Happened => ({
  at,
  deadlineId: id,
  kind,
  of: subjectType,
  ofId: subjectId,
  dueAt,
});
