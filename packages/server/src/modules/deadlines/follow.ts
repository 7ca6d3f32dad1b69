/** Carries out the deeds of an event on the clocks of one subject, pure: what begins, what changes, what is told. */
import type { DeadlineKind } from '#contracts/words.ts';
import type { CompiledCalendar } from '#modules/calendar/index.ts';
import { pick } from '#modules/policies/index.ts';
import type { Facts, Policy, PolicySet } from '#modules/policies/index.ts';
import { termsOf } from './arithmetic.ts';
import { dailyMinutes } from './daily.ts';
import { cancel, isEnded, meet, pause, resume, retarget, runOn, start, tick } from './rules.ts';
import type { Arithmetic, Deadline, DeadlineEvent, Outcome, Terms } from './rules.ts';
import type { Circumstances, Deed, Happening } from './starts.ts';

export type Case = Circumstances & {
  type: string;
  id: string;
  facts: Facts;
  /** The calendar of its channel; null for the standard one. */
  calendarId: string | null;
  createdAt: number;
  /** Handling has begun; somebody spoke with the customer. */
  started: boolean;
  contacted: boolean;
};

/** What the engine counts with. */
export type Engine = {
  policies: PolicySet;
  hasCalendar(id: string): boolean;
  calendarOf(id: string | null): CompiledCalendar;
  standardId: string;
  math: Arithmetic;
  /** C5: `daily` tells progress at a time of day instead of so long after the last word. */
  progress: { cadence: 'rolling' | 'daily'; dailyAt: string };
  newId(): string;
};

export type Followed = {
  started: Deadline[];
  changed: Deadline[];
  events: DeadlineEvent[];
  clocks: Deadline[];
};

export function follow(
  deeds: readonly Deed[],
  about: Case,
  known: readonly Deadline[],
  event: Happening,
  now: number,
  engine: Engine,
): Followed {
  const desk = deskOf(known, about, now, engine);
  for (const deed of deeds) if (deed.when?.(about, event) ?? true) carryOut(deed, desk);
  return desk.result();
}

/** Begins clocks at once, each kind by the row that rules the case. */
export function begin(kinds: readonly DeadlineKind[], about: Case, now: number, engine: Engine): Followed {
  const desk = deskOf([], about, now, engine);
  for (const kind of kinds) desk.begin(kind, now);
  return desk.result();
}

/** The terms a case has for a kind of promise, or undefined when none is owed. */
export function termsFor(kind: DeadlineKind, about: Case, from: number, engine: Engine): Terms | undefined {
  const { policies, math, calendarOf, progress } = engine;
  const termsBy = (policy: Policy): Terms => {
    // A calendar that only an old table names may be gone.
    const named = [policy.calendarId, about.calendarId].find((id) => id && engine.hasCalendar(id));
    const calendarId = named ?? engine.standardId;
    const terms = termsOf(policy, policies.version, calendarId, calendarOf(calendarId).minutesPerBusinessDay);
    return terms.unit === 'wall' ? { ...terms, calendarId: null } : terms;
  };
  const dueOf = (policy: Policy): number => {
    const terms = termsBy(policy);
    return math.after(terms, from, terms.targetMinutes!, []);
  };
  // C15: an unclassified case has a priority only by default, and the default rules nothing.
  const { priority: _, ...unranked } = about.facts;
  const policy = pick(policies.items, kind, about.classified ? about.facts : unranked, { dueOf });
  if (!policy) return undefined;
  const terms = termsBy(policy);
  if (kind !== 'progress' || progress.cadence !== 'daily' || terms.targetMinutes === null) return terms;
  const { zone } = calendarOf(
    about.calendarId && engine.hasCalendar(about.calendarId) ? about.calendarId : null,
  );
  return {
    ...terms,
    unit: 'wall',
    calendarId: null,
    targetMinutes: dailyMinutes(from, progress.dailyAt, zone),
  };
}

type Desk = {
  clocks: Map<string, Deadline>;
  about: Case;
  now: number;
  engine: Engine;
  of(kind: DeadlineKind): Deadline[];
  begin(kind: DeadlineKind, from: number): Deadline | undefined;
  /** Takes the outcome of a change. */
  take(outcome: Outcome): Deadline;
  result(): Followed;
};

function deskOf(known: readonly Deadline[], about: Case, now: number, engine: Engine): Desk {
  const clocks = new Map(known.map((clock) => [clock.id, clock]));
  const before = new Map(clocks);
  const events: DeadlineEvent[] = [];
  const take = ({ deadline, events: told }: Outcome): Deadline => {
    clocks.set(deadline.id, deadline);
    events.push(...told);
    return deadline;
  };
  return {
    clocks,
    about,
    now,
    engine,
    take,
    of: (kind) => [...clocks.values()].filter((clock) => clock.kind === kind),
    begin: (kind, from) => {
      const terms = termsFor(kind, about, from, engine);
      if (!terms) return undefined;
      const subject = { id: engine.newId(), subjectType: about.type, subjectId: about.id, kind };
      const begun = start(subject, terms, from, engine.math);
      if ('refusal' in begun) return undefined;
      const caughtUp =
        from < now ? tick(begun.deadline, now, engine.math) : { deadline: begun.deadline, events: [] };
      return take({ deadline: caughtUp.deadline, events: [...begun.events, ...caughtUp.events] });
    },
    result: () => {
      const all = [...clocks.values()];
      return {
        started: all.filter(({ id }) => !before.has(id)),
        changed: all.filter((clock) => before.has(clock.id) && before.get(clock.id) !== clock),
        events,
        clocks: all,
      };
    },
  };
}

const isOpen = (clock: Deadline): boolean => !isEnded(clock);

function carryOut(deed: Deed, desk: Desk): void {
  const { about, now, engine, take } = desk;
  const { math } = engine;
  switch (deed.do) {
    case 'start':
    case 'startOnce':
      for (const kind of deed.kinds) {
        // A cancelled promise was never given to an end; it may be given again.
        const stands = desk
          .of(kind)
          .some((clock) => (deed.do === 'start' ? isOpen(clock) : clock.state !== 'cancelled'));
        if (!stands) desk.begin(kind, deed.from === 'created' ? about.createdAt : now);
      }
      return;
    case 'restart':
      for (const kind of deed.kinds) {
        const open = desk.of(kind).filter(isOpen);
        for (const clock of open) take(meet(clock, now, math));
        const next = desk.begin(kind, now);
        // Words while the case waits for the customer do not set the waiting clock going.
        if (next && open.some(({ state }) => state === 'paused')) take(pause(next, now, math));
      }
      return;
    case 'runOn':
      for (const kind of deed.kinds) {
        const last = desk.of(kind).at(-1);
        if (last) take(runOn(last, now, math));
      }
      return;
    case 'aim':
      for (const kind of deed.kinds) aim(kind, deed.from === 'created' ? about.createdAt : now, desk);
      return;
    case 'resume':
      for (const clock of desk.clocks.values()) if (clock.state === 'paused') take(resume(clock, now, math));
      return;
    default: {
      const change = { meet, cancel, pause }[deed.do];
      for (const clock of desk.clocks.values()) {
        const meant =
          deed.kinds === 'all' ? !deed.but?.includes(clock.kind) : deed.kinds.includes(clock.kind);
        if (meant && isOpen(clock)) take(change(clock, now, math));
      }
    }
  }
}

const isMoot = (kind: DeadlineKind, { started, contacted }: Case): boolean =>
  kind === 'start' ? started : (kind === 'respond' || kind === 'first_reply') && contacted;

function aim(kind: DeadlineKind, from: number, desk: Desk): void {
  const { about, now, engine, take } = desk;
  const standing = desk.of(kind).filter(({ state }) => state !== 'cancelled');
  if (standing.length === 0) {
    if (!isMoot(kind, about)) desk.begin(kind, from);
    return;
  }
  for (const clock of standing.filter(isOpen)) {
    const terms = termsFor(kind, about, clock.startedAt, engine);
    take(terms ? retarget(clock, terms, now, engine.math, 'priority') : cancel(clock, now, engine.math));
  }
}
