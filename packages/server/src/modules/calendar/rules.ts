/**
 * The arithmetic of time targets, pure: business and wall minutes added to and measured between epoch-ms instants.
 *
 * A clock counts open time that is not paused. It is due at the first instant at which its target has been counted,
 * so a target that is reached exactly on closing stays on closing, a start outside the hours counts from the next
 * opening, and a pause moves the due instant by exactly the open minutes it covers.
 */
import { afterOpen, dayOf, intervalFrom, openBetween } from './compile.ts';
import type { CompiledCalendar } from './compile.ts';
import { dayNumberOf, minuteMs } from './dates.ts';
import { countBetween, merged } from './pauses.ts';
import type { Count, Pause } from './pauses.ts';
import type { Span, YearStatus } from './spec.ts';
import { businessTrace, wallTrace } from './trace.ts';
import type { TraceStep } from './trace.ts';

export { compile, yearStatus } from './compile.ts';
export type { CompiledCalendar } from './compile.ts';
export { validate } from './validate.ts';
export type * from './spec.ts';
export type { Pause } from './pauses.ts';
export type { TraceStep } from './trace.ts';

/** Exactly one of the three, above zero. */
export type Amount = { minutes?: number; hours?: number; businessDays?: number };

export type Due = { dueAt: number; trace: TraceStep[] };
export type Refusal = {
  refusal:
    | 'TARGET_NOT_POSITIVE'
    | 'AMOUNT_NOT_ONE'
    | 'PAUSE_BACKWARDS'
    | 'RANGE_BACKWARDS'
    | 'INSTANT_INVALID'
    | 'TARGET_TOO_LARGE';
};

/** A day as lists and the calendar screen show it. */
export type DayItem = {
  date: string;
  kind: 'work' | 'off';
  name?: string;
  spans: Span[];
  yearStatus: YearStatus;
};

/** Due instant (epoch ms) after so many business minutes; throws RangeError unless minutes > 0. */
export function addBusinessMinutes(
  cal: CompiledCalendar,
  from: number,
  minutes: number,
  pauses?: readonly Pause[],
): number {
  const step = (at: number, ms: number): number => afterOpen(cal, at, ms);
  return addCounting(from, toMs(minutes), pauses, step, (a, b) => openBetween(cal, a, b));
}

/** Due instant (epoch ms) after so many minutes of real time, daylight saving or not; throws RangeError unless minutes > 0. */
export function addWall(from: number, minutes: number, pauses?: readonly Pause[]): number {
  return addCounting(
    from,
    toMs(minutes),
    pauses,
    (at, ms) => at + ms,
    (a, b) => b - a,
  );
}

/** Business minutes from an instant to a later one without the paused ones; 0 when `to` is not later. May be fractional. */
export function businessMinutesBetween(
  cal: CompiledCalendar,
  from: number,
  to: number,
  pauses?: readonly Pause[],
): number {
  return countBetween(from, to, pauses, (a, b) => openBetween(cal, a, b)) / minuteMs;
}

/** Elapsed minutes without the paused ones; 0 when `to` is not later. */
export function wallMinutesBetween(from: number, to: number, pauses?: readonly Pause[]): number {
  return countBetween(from, to, pauses, (a, b) => b - a) / minuteMs;
}

/** The due instant with its reasoning, or why it cannot be computed. */
export function add(
  cal: CompiledCalendar,
  from: number,
  amount: Amount,
  pauses: readonly Pause[] = [],
): Due | Refusal {
  const minutes = minutesOf(cal, amount);
  if (typeof minutes !== 'number') return minutes;
  const refusal = refuseInstants(from, pauses);
  if (refusal) return refusal;
  const dueAt = addBusinessMinutes(cal, from, minutes, pauses);
  return { dueAt, trace: businessTrace(cal, from, dueAt, minutes, pauses) };
}

/** As `add` for real time; the zone only says in which local time the reasoning is told. */
export function addWallTraced(
  zone: string,
  from: number,
  minutes: number,
  pauses: readonly Pause[] = [],
): Due | Refusal {
  const refusal = refuseTarget(minutes, 7 * 1440) ?? refuseInstants(from, pauses);
  if (refusal) return refusal;
  const dueAt = addWall(from, minutes, pauses);
  return { dueAt, trace: wallTrace(zone, from, dueAt, minutes, pauses) };
}

/** Business minutes between two instants, or why they cannot be measured. */
export function measure(
  cal: CompiledCalendar,
  from: number,
  to: number,
  pauses: readonly Pause[] = [],
): { businessMinutes: number } | Refusal {
  const refusal = refuseInstants(from, pauses) ?? refuseInstants(to, []);
  if (refusal) return refusal;
  if (to < from) return { refusal: 'RANGE_BACKWARDS' };
  return { businessMinutes: businessMinutesBetween(cal, from, to, pauses) };
}

/** Whether the calendar is open; the opening instant is, the closing instant is not. */
export const isOpen = (cal: CompiledCalendar, at: number): boolean => intervalFrom(cal, at).from <= at;

/** The instant itself when open, else the next opening. */
export const nextOpening = (cal: CompiledCalendar, at: number): number =>
  Math.max(at, intervalFrom(cal, at).from);

/** The days from one plain date to another, both included; throws RangeError for a date that does not exist. */
export function dayList(cal: CompiledCalendar, from: string, to: string): DayItem[] {
  const first = dayNumberOf(from);
  const last = dayNumberOf(to);
  if (first === null || last === null) throw new RangeError(`no such date: ${first === null ? from : to}`);
  const items: DayItem[] = [];
  for (let day = first; day <= last; day++) {
    const { dated: _, ...item } = dayOf(cal, day);
    items.push(item);
  }
  return items;
}

type Step = (at: number, ms: number) => number;

function addCounting(
  from: number,
  ms: number,
  pauses: readonly Pause[] | undefined,
  step: Step,
  count: Count,
): number {
  let due = step(from, ms);
  if (!pauses?.length) return due;
  for (const pause of merged(pauses, from)) {
    // The target was counted before this pause began: it is late for this clock.
    if (pause.from >= due) break;
    const paused = count(pause.from, pause.to);
    if (paused > 0) due = step(due, paused);
  }
  return due;
}

function toMs(minutes: number): number {
  const ms = Math.round(minutes * minuteMs);
  if (!(ms > 0 && Number.isFinite(ms))) throw new RangeError('a target must be above zero');
  return ms;
}

/** Business minutes of an amount, or why it is none. */
export function minutesOf(cal: CompiledCalendar, amount: Amount): number | Refusal {
  const given = [amount.minutes, amount.hours, amount.businessDays].filter((value) => value !== undefined);
  if (given.length !== 1) return { refusal: 'AMOUNT_NOT_ONE' };
  const minutes =
    amount.minutes ??
    (amount.hours === undefined ? amount.businessDays! * cal.minutesPerBusinessDay : amount.hours * 60);
  return refuseTarget(minutes, cal.minutesPerWeek) ?? minutes;
}

/** Thirty years: a target beyond is a slip of the pen, and answering it would compile centuries. */
const longestTarget = 30 * 52;

function refuseTarget(minutes: number, minutesPerWeek: number): Refusal | undefined {
  if (!(Math.round(minutes * minuteMs) > 0)) return { refusal: 'TARGET_NOT_POSITIVE' };
  return minutes > longestTarget * minutesPerWeek ? { refusal: 'TARGET_TOO_LARGE' } : undefined;
}

const isInstant = (at: number): boolean => at >= Date.UTC(1970, 0, 1) && at < Date.UTC(2150, 0, 1);

function refuseInstants(at: number, pauses: readonly Pause[]): Refusal | undefined {
  if (!isInstant(at)) return { refusal: 'INSTANT_INVALID' };
  for (const pause of pauses) {
    if (!isInstant(pause.from) || !isInstant(pause.to)) return { refusal: 'INSTANT_INVALID' };
    if (pause.to < pause.from) return { refusal: 'PAUSE_BACKWARDS' };
  }
  return undefined;
}
