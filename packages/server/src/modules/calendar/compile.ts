/**
 * A calendar made ready for arithmetic: its open time as one line of sorted intervals with prefix sums, so that
 * adding and measuring are two binary searches however long the span. The line grows by whole years when a
 * question reaches beyond it, therefore any instant can be asked; growing is a memo and changes no answer.
 */
import {
  dateOf,
  dayMs,
  dayNumberOf,
  firstDayOf,
  isDecember,
  minuteMs,
  minuteOfDay,
  weekdayOf,
  weekdays,
  yearOf,
} from './dates.ts';
import type { Weekday } from './dates.ts';
import type { CalendarSpec, HolidayPlan, Span, YearStatus } from './spec.ts';
import { validate } from './validate.ts';
import { instantOf, localAt, steadyOffset } from './zone.ts';

/** Open intervals `[starts, ends)` in epoch ms; `before[i]` = open ms of the line in front of interval i. */
type Line = {
  starts: Float64Array;
  ends: Float64Array;
  before: Float64Array;
  firstYear: number;
  lastYear: number;
  from: number;
  to: number;
};

/** What a date is: the decided kind with its hours, and how sure the plan behind it is. */
export type Day = {
  date: string;
  kind: 'work' | 'off';
  name?: string;
  spans: Span[];
  yearStatus: YearStatus;
  dated: boolean;
};

type Dated = { kind: 'work' | 'off'; name?: string; spans?: Span[]; pattern?: Weekday };

export type CompiledCalendar = {
  readonly spec: CalendarSpec;
  readonly zone: string;
  readonly minutesPerBusinessDay: number;
  readonly minutesPerWeek: number;
  readonly dated: ReadonlyMap<number, Dated>;
  readonly statuses: ReadonlyMap<number, YearStatus>;
  readonly years: Map<number, number[]>;
  line: Line;
};

/** A calendar that opened nothing for this long never opens: better an error than an endless search. */
const horizonYear = 2400;
const horizon = Date.UTC(horizonYear, 0, 1);
const empty = new Float64Array(0);

/**
 * Compiles a valid calendar with the holiday plans of the years known; plans count only when `statutory` is set.
 * Throws RangeError for a calendar that `validate` refuses.
 */
export function compile(spec: CalendarSpec, plans: readonly HolidayPlan[]): CompiledCalendar {
  const [fault] = validate(spec);
  if (fault) throw new RangeError(`calendar ${spec.name}: ${fault.code} at ${fault.pointer}`);
  const dated = new Map<number, Dated>();
  const statuses = new Map<number, YearStatus>();
  if (spec.statutory) {
    // Ascending, so that next year's plan has the last word on the December it reaches into.
    for (const plan of plans.toSorted((a, b) => a.year - b.year)) {
      statuses.set(plan.year, plan.status);
      for (const { date, kind, name } of plan.days) dated.set(dayNumberOf(date)!, { kind, name });
    }
  }
  for (const day of spec.days) dated.set(dayNumberOf(day.date)!, day);
  return {
    spec,
    zone: spec.zone,
    minutesPerBusinessDay: spec.minutesPerBusinessDay ?? Math.max(...weekLengths(spec)),
    minutesPerWeek: sum(weekLengths(spec)),
    dated,
    statuses,
    years: new Map(),
    line: {
      starts: empty,
      ends: empty,
      before: empty,
      firstYear: 1,
      lastYear: 0,
      from: Infinity,
      to: -Infinity,
    },
  };
}

/** Status of a year's plan. Without a statutory plan nothing is left to be published. */
export function yearStatus(cal: CompiledCalendar, year: number): YearStatus {
  if (!cal.spec.statutory) return 'published';
  return cal.statuses.get(year) ?? 'missing';
}

/** Status of a date: a December is final only when next year's plan is out, for that plan may still rule its last days. */
export function dateStatus(cal: CompiledCalendar, day: number): YearStatus {
  const year = yearOf(day);
  const own = yearStatus(cal, year);
  if (own !== 'published' || !isDecember(day)) return own;
  return yearStatus(cal, year + 1) === 'published' ? 'published' : 'provisional';
}

/** What a day number is in this calendar. */
export function dayOf(cal: CompiledCalendar, day: number): Day {
  const dated = cal.dated.get(day);
  const spans = spansOn(cal, day);
  const name = dated?.name;
  return {
    date: dateOf(day),
    kind: dated?.kind ?? (spans.length > 0 ? 'work' : 'off'),
    ...(name === undefined ? {} : { name }),
    spans,
    yearStatus: dateStatus(cal, day),
    dated: dated !== undefined,
  };
}

function spansOn(cal: CompiledCalendar, day: number): Span[] {
  const dated = cal.dated.get(day);
  if (!dated) return cal.spec.week[weekdayOf(day)] ?? [];
  if (dated.kind === 'off') return [];
  return dated.spans ?? makeUpSpans(cal.spec, dated.pattern);
}

/** Local day number of an instant in the calendar's zone. */
export const localDay = (cal: CompiledCalendar, at: number): number =>
  Math.floor(localAt(cal.zone, at) / dayMs);

/** Open ms between the start of the line and an instant; only differences of it mean something. */
function openBefore(cal: CompiledCalendar, at: number): number {
  cover(cal, at);
  const { starts, ends, before } = cal.line;
  const index = lastAtMost(starts, at);
  if (index < 0) return 0;
  return before[index]! + Math.min(at, ends[index]!) - starts[index]!;
}

/** Open ms between two instants, negative when they are swapped. */
export function openBetween(cal: CompiledCalendar, from: number, to: number): number {
  // Both ends first: growing moves the start of the line, so the two counts must come from the same line.
  cover(cal, from);
  cover(cal, to);
  return openBefore(cal, to) - openBefore(cal, from);
}

/** First instant at which `ms` more open time than at `from` has passed; exactly on closing it stays there. `ms` > 0. */
export function afterOpen(cal: CompiledCalendar, from: number, ms: number): number {
  let target = openBefore(cal, from) + ms;
  while (openInLine(cal.line) < target) {
    const { firstYear, lastYear } = cal.line;
    // Half as long again each time: a distant target costs few rebuilds.
    grow(cal, firstYear, Math.min(horizonYear + 1, lastYear + 1 + ((lastYear - firstYear) >> 1)));
    target = openBefore(cal, from) + ms;
  }
  const { starts, before } = cal.line;
  const index = lastBelow(before, target);
  return starts[index]! + target - before[index]!;
}

/** The open interval around or after an instant: the first that ends after it. */
export function intervalFrom(cal: CompiledCalendar, at: number): { from: number; to: number } {
  for (;;) {
    cover(cal, at);
    const { starts, ends } = cal.line;
    const index = lastAtMost(starts, at);
    const hit = index >= 0 && at < ends[index]! ? index : index + 1;
    // The last interval may still be joined by the first of the next year.
    if (hit < starts.length - 1) return { from: starts[hit]!, to: ends[hit]! };
    if (hit < starts.length && cal.line.lastYear - yearOf(at / dayMs) > 2)
      return { from: starts[hit]!, to: ends[hit]! };
    grow(cal, cal.line.firstYear, cal.line.lastYear + 1);
  }
}

const weekLengths = (spec: CalendarSpec): number[] =>
  weekdays.map((weekday) => sum((spec.week[weekday] ?? []).map(lengthOf)));

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);

function lengthOf([start, end]: Span): number {
  const minutes = minuteOfDay(end)! - minuteOfDay(start)!;
  return minutes < 0 ? minutes + 1440 : minutes;
}

function makeUpSpans(spec: CalendarSpec, pattern: Weekday | undefined): Span[] {
  const chosen = spec.week[pattern ?? spec.makeUpPattern ?? 'mon'];
  if (chosen?.length) return chosen;
  // A make-up day is worked: a calendar without Mondays takes its first working weekday.
  return weekdays.map((weekday) => spec.week[weekday] ?? []).find((spans) => spans.length > 0) ?? [];
}

/** Flat `[start, end, start, end …]` of the spans that begin in a local year, sorted. */
function intervalsOf(cal: CompiledCalendar, year: number): number[] {
  const known = cal.years.get(year);
  if (known) return known;
  const flat: number[] = [];
  const end = firstDayOf(year + 1);
  // Most days share their pattern: each list of spans is read once.
  const read = new Map<Span[], number[]>();
  for (let day = firstDayOf(year); day < end; day++) {
    const spans = spansOn(cal, day);
    let minutes = read.get(spans);
    if (!minutes)
      read.set(
        spans,
        (minutes = spans.flatMap((span) => [minuteOfDay(span[0])!, minuteOfDay(span[0])! + lengthOf(span)])),
      );
    if (minutes.length === 0) continue;
    const midnight = day * dayMs;
    const offset = steadyOffset(cal.zone, midnight, midnight + 2 * dayMs);
    for (const minute of minutes) {
      const local = midnight + minute * minuteMs;
      flat.push(offset === null ? instantOf(cal.zone, local) : local - offset);
    }
  }
  cal.years.set(year, flat);
  return flat;
}

function cover(cal: CompiledCalendar, at: number): void {
  if (at >= cal.line.from && at < cal.line.to) return;
  if (!(Math.abs(at) < horizon)) throw new RangeError(`no calendar reaches the instant ${at}`);
  const { firstYear, lastYear } = cal.line;
  // Two days of room: zones differ by one, and a line knows its first day only in part.
  const first = yearOf(at / dayMs - 2);
  const last = yearOf(at / dayMs + 2);
  const none = lastYear < firstYear;
  grow(cal, none ? first : Math.min(firstYear, first), none ? last : Math.max(lastYear, last));
}

function grow(cal: CompiledCalendar, firstYear: number, last: number): void {
  if (last > horizonYear)
    throw new RangeError(`calendar ${cal.spec.name} does not open before ${horizonYear}`);
  const pairs: [number, number][] = [];
  for (let year = firstYear; year <= last; year++) {
    const flat = intervalsOf(cal, year);
    for (let i = 0; i < flat.length; i += 2)
      if (flat[i]! < flat[i + 1]!) pairs.push([flat[i]!, flat[i + 1]!]);
  }
  pairs.sort((a, b) => a[0] - b[0]);
  const joined = join(pairs);
  const line: Line = {
    starts: new Float64Array(joined.length),
    ends: new Float64Array(joined.length),
    before: new Float64Array(joined.length),
    firstYear,
    lastYear: last,
    // One day inside: the night before the first year and the joint to the next are not known yet.
    from: instantOf(cal.zone, (firstDayOf(firstYear) + 1) * dayMs),
    to: instantOf(cal.zone, firstDayOf(last + 1) * dayMs),
  };
  let before = 0;
  for (const [index, [start, end]] of joined.entries()) {
    line.starts[index] = start;
    line.ends[index] = end;
    line.before[index] = before;
    before += end - start;
  }
  cal.line = line;
}

/** Touching or overlapping intervals become one, so that a closing instant is really a closing. */
function join(sorted: [number, number][]): [number, number][] {
  const joined: [number, number][] = [];
  for (const [start, end] of sorted) {
    const last = joined.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else joined.push([start, end]);
  }
  return joined;
}

function openInLine({ starts, ends, before }: Line): number {
  const last = starts.length - 1;
  return last < 0 ? 0 : before[last]! + ends[last]! - starts[last]!;
}

/** Index of the last value ≤ x, or −1. */
function lastAtMost(values: Float64Array, x: number): number {
  let low = -1;
  let high = values.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (values[middle]! <= x) low = middle;
    else high = middle;
  }
  return low;
}

/** Index of the last value < x, or 0: `before[0]` is 0 and targets are positive. */
function lastBelow(values: Float64Array, x: number): number {
  let low = 0;
  let high = values.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (values[middle]! < x) low = middle;
    else high = middle;
  }
  return low;
}
