/**
 * A dry run, pure: a case that exists nowhere goes through a pack on a clock of its own. The same rules as on the
 * server (`contracts/flow.ts`); nobody is told anything. Working time counts as a day of nine hours from nine to
 * eighteen, Monday to Friday; the real calendar decides in earnest.
 */
import type { Facts } from '#contracts/conditions.ts';
import { awaited, firstStep, instantOf, isMet, limitOf, nextOf, stepOf, theEnd } from '#contracts/flow.ts';
import { readDuration, wallMs } from '#contracts/durations.ts';
import type { Pack, Step } from '#contracts/pack.ts';

export type Visit = {
  step: string;
  state: 'open' | 'done' | 'skipped' | 'passed';
  at: number;
  dueAt: number | null;
  late: boolean;
  endedAt: number | null;
  outcome: string | null;
};
export type Rehearsal = {
  now: number;
  facts: Record<string, unknown>;
  visits: Visit[];
  /** Null while it goes on. */ outcome: string | null;
};

const minute = 60_000;
const day = 1440 * minute;
const zone = 8 * 60 * minute;
const [opens, closes] = [9 * 60, 18 * 60];

/** So many working minutes later, in the plain week of this rehearsal. */
export const workingAfter = (from: number, minutes: number): number => {
  let at = from;
  let left = minutes;
  for (let guard = 0; guard < 5000; guard++) {
    const local = new Date(at + zone);
    const begin = Math.floor((at + zone) / day) * day - zone;
    const minuteOfDay = (at - begin) / minute;
    const works = ![0, 6].includes(local.getUTCDay());
    const open = works ? Math.max(0, closes - Math.max(minuteOfDay, opens)) : 0;
    if (open >= left && open > 0) return begin + (Math.max(minuteOfDay, opens) + left) * minute;
    left -= open;
    at = begin + day;
  }
  return at;
};

const dueOf = (step: Step, facts: Facts, now: number): number | null => {
  const limit = limitOf(step, facts);
  if (!limit) return null;
  if (limit.kind === 'instant') return limit.at;
  const from = limit.from ?? now;
  if (limit.unit === 'wall') return from + limit.value * minute;
  return workingAfter(from, limit.unit === 'businessDays' ? limit.value * (closes - opens) : limit.value);
};

const human = ['do', 'decide', 'call', 'approve', 'ticket'];
const waitsUntil = (step: Step, facts: Facts, now: number): number | null => {
  const until = step.until!;
  if ('passed' in until) {
    const length = readDuration(until.passed)!;
    return (
      now +
      (wallMs(length) ??
        length.amount * (length.unit === 'bd' ? day : length.unit === 'bh' ? 60 * minute : minute))
    );
  }
  if ('instant' in until) return instantOf(until.instant, facts);
  return step.timeout ? now + (wallMs(readDuration(step.timeout)!) ?? day) : null;
};

/** Reaches steps until each way stops at one that stays open. */
const reach = (pack: Pack, before: Rehearsal, keys: readonly string[]): Rehearsal => {
  const after: Rehearsal = { ...before, visits: [...before.visits] };
  const todo = [...keys];
  for (let guard = 0; todo.length > 0 && guard < 200; guard++) {
    const key = todo.shift()!;
    const step = key === theEnd ? undefined : stepOf(pack, key);
    if (!step || step.kind === 'end') {
      if (step)
        after.visits.push({
          step: key,
          state: 'done',
          at: after.now,
          dueAt: null,
          late: false,
          endedAt: after.now,
          outcome: step.outcome ?? null,
        });
      return {
        ...after,
        outcome: step?.outcome ?? 'done',
        visits: after.visits.map((visit) =>
          visit.state === 'open' ? { ...visit, state: 'skipped', endedAt: after.now } : visit,
        ),
      };
    }
    if (!isMet(step, after.facts)) {
      todo.push(...nextOf(pack, step, null, after.facts));
      continue;
    }
    const over = new Set(after.visits.filter(({ state }) => state !== 'open').map((visit) => visit.step));
    if (awaited(step, over).length > 0) continue;
    const count = after.visits.filter((visit) => visit.step === key).length;
    if (step.atMost !== undefined && count >= step.atMost) return { ...after, outcome: 'limit_reached' };
    const runs = (after.facts.run as { visits?: Record<string, number> } | undefined) ?? {};
    after.facts = { ...after.facts, run: { ...runs, visits: { ...runs.visits, [key]: count + 1 } } };
    const stays =
      human.includes(step.kind) || step.kind === 'wait' || (step.kind === 'tell' && step.needsAck === true);
    const wake = step.kind === 'wait' ? waitsUntil(step, after.facts, after.now) : null;
    // An instant that has passed or is not known holds nobody up.
    const open =
      stays && !(step.kind === 'wait' && !('event' in step.until!) && (wake === null || wake <= after.now));
    after.visits.push({
      step: key,
      state: open ? 'open' : 'passed',
      at: after.now,
      dueAt: step.kind === 'wait' ? wake : dueOf(step, after.facts, after.now),
      late: false,
      endedAt: open ? null : after.now,
      outcome: null,
    });
    if (!open) todo.push(...nextOf(pack, step, null, after.facts));
  }
  return after;
};

export const begin = (pack: Pack, facts: Record<string, unknown>, now: number): Rehearsal =>
  reach(pack, { now, facts: { ...facts, answers: {}, run: { visits: {} } }, visits: [], outcome: null }, [
    firstStep(pack),
  ]);

/** An open step is over with this outcome and these answers. */
export const finish = (
  pack: Pack,
  before: Rehearsal,
  key: string,
  outcome: string | null,
  answers: Record<string, unknown> = {},
): Rehearsal => {
  const step = stepOf(pack, key);
  if (!step || before.outcome !== null) return before;
  const visits = before.visits.map((visit) =>
    visit.step === key && visit.state === 'open'
      ? {
          ...visit,
          state: 'done' as const,
          endedAt: before.now,
          outcome,
          late: visit.late || (visit.dueAt !== null && before.now > visit.dueAt),
        }
      : visit,
  );
  const facts = {
    ...before.facts,
    answers: { ...(before.facts.answers as object), [key]: { ...answers, outcome } },
  };
  return reach(pack, { ...before, visits, facts }, nextOf(pack, step, outcome, facts));
};

/** The next instant at which something happens by itself, or null. */
export const nextInstant = ({ visits, now }: Rehearsal): number | null => {
  const due = visits
    .filter((visit) => visit.state === 'open' && visit.dueAt !== null && !visit.late)
    .map((visit) => Math.max(visit.dueAt!, now));
  return due.length > 0 ? Math.min(...due) : null;
};

/** Time passes: waits that are over lead on, steps that are not done are late. */
export const letPass = (pack: Pack, before: Rehearsal, to: number): Rehearsal => {
  let after = before;
  for (let guard = 0; guard < 500; guard++) {
    const next = nextInstant(after);
    if (next === null || next > to) break;
    after = { ...after, now: next };
    const due = after.visits.find(
      (visit) => visit.state === 'open' && visit.dueAt !== null && visit.dueAt <= next && !visit.late,
    )!;
    const step = stepOf(pack, due.step)!;
    after =
      step.kind === 'wait'
        ? finish(pack, after, step.key, 'event' in step.until! ? 'timeout' : 'reached')
        : {
            ...after,
            visits: after.visits.map((visit) => (visit === due ? { ...visit, late: true } : visit)),
          };
  }
  return { ...after, now: Math.max(after.now, to) };
};
