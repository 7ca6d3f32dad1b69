/** The reasoning behind a due instant, day by day. */
import { dateStatus, dayOf, intervalFrom, localDay, openBetween, yearStatus } from './compile.ts';
import type { CompiledCalendar, Day } from './compile.ts';
import { dateOf, dayMs, isDecember, minuteMs, yearOf } from './dates.ts';
import { countBetween, merged } from './pauses.ts';
import type { Pause } from './pauses.ts';
import type { YearStatus } from './spec.ts';
import { instantOf } from './zone.ts';

/** One step of the reasoning behind a due instant; `explain` turns the list into words. */
export type TraceStep =
  | { kind: 'start'; at: number; zone: string; unit: 'wall' | 'business'; countsFrom: number }
  | {
      kind: 'work';
      date: string;
      toDate: string;
      days: number;
      minutes: number;
      makeUp: boolean;
      name?: string;
      yearStatus: YearStatus;
    }
  | { kind: 'off'; date: string; toDate: string; days: number; name?: string; yearStatus: YearStatus }
  | { kind: 'pause'; from: number; to: number; minutes: number }
  | { kind: 'unsure'; year: number; yearStatus: YearStatus }
  | { kind: 'due'; at: number; minutes: number };

/** How a wall clock came to its due instant. */
export function wallTrace(
  zone: string,
  from: number,
  dueAt: number,
  minutes: number,
  pauses: readonly Pause[],
): TraceStep[] {
  const told = merged(pauses, from, dueAt).map((pause): TraceStep => ({
    kind: 'pause',
    ...pause,
    minutes: (pause.to - pause.from) / minuteMs,
  }));
  return [
    { kind: 'start', at: from, zone, unit: 'wall', countsFrom: from },
    ...told,
    { kind: 'due', at: dueAt, minutes },
  ];
}

/** Beyond this many days the reasoning is told as one sum: nobody reads four hundred lines. */
const tellDays = 400;

/** How a business clock came to its due instant; the minutes of its `work` steps add up to the target. */
export function businessTrace(
  cal: CompiledCalendar,
  from: number,
  dueAt: number,
  minutes: number,
  pauses: readonly Pause[],
): TraceStep[] {
  const trace: TraceStep[] = [
    {
      kind: 'start',
      at: from,
      zone: cal.zone,
      unit: 'business',
      countsFrom: Math.max(from, intervalFrom(cal, from).from),
    },
  ];
  const told = merged(pauses, from, dueAt);
  const first = localDay(cal, from);
  // A due instant at midnight closes the day before.
  const last = Math.max(first, localDay(cal, dueAt - 1));
  if (last - first > tellDays) {
    const span = { date: dateOf(first), toDate: dateOf(last), days: last - first + 1 };
    trace.push({ kind: 'work', ...span, minutes, makeUp: false, yearStatus: dateStatus(cal, last) });
    for (const pause of told) trace.push(pauseStep(cal, pause));
  } else {
    for (let day = first; day <= last; day++) tellDay(cal, trace, day, from, dueAt, told);
  }
  for (const unsure of unsureYears(cal, first, last)) trace.push(unsure);
  trace.push({ kind: 'due', at: dueAt, minutes });
  return trace;
}

function tellDay(
  cal: CompiledCalendar,
  trace: TraceStep[],
  number: number,
  from: number,
  dueAt: number,
  told: Pause[],
): void {
  const begins = instantOf(cal.zone, number * dayMs);
  const ends = instantOf(cal.zone, (number + 1) * dayMs);
  const open = (a: number, b: number): number => openBetween(cal, a, b);
  const minutes = countBetween(Math.max(from, begins), Math.min(dueAt, ends), told, open) / minuteMs;
  const day = dayOf(cal, number);
  if (minutes > 0) tellWork(cal, trace, day, number, minutes);
  else if (day.spans.length === 0) tellOff(trace, day, number);
  for (const pause of told) if (pause.from >= begins && pause.from < ends) trace.push(pauseStep(cal, pause));
}

function tellWork(
  cal: CompiledCalendar,
  trace: TraceStep[],
  day: Day,
  number: number,
  minutes: number,
): void {
  const makeUp = day.dated && day.kind === 'work';
  const { date, name, yearStatus: status } = day;
  const last = trace.at(-1);
  // Plain full days in a row are one step; the first day of the count always stands alone.
  const plain = !makeUp && minutes === cal.minutesPerBusinessDay;
  if (
    plain &&
    last?.kind === 'work' &&
    !last.makeUp &&
    trace.length > 2 &&
    last.toDate === dateOf(number - 1) &&
    last.minutes === last.days * minutes
  ) {
    Object.assign(last, { toDate: date, days: last.days + 1, minutes: last.minutes + minutes });
    return;
  }
  trace.push({
    kind: 'work',
    date,
    toDate: date,
    days: 1,
    minutes,
    makeUp,
    ...(name === undefined ? {} : { name }),
    yearStatus: status,
  });
}

function tellOff(trace: TraceStep[], { date, name, yearStatus: status }: Day, number: number): void {
  const last = trace.at(-1);
  if (last?.kind === 'off' && last.name === name && last.toDate === dateOf(number - 1)) {
    Object.assign(last, { toDate: date, days: last.days + 1 });
    return;
  }
  trace.push({
    kind: 'off',
    date,
    toDate: date,
    days: 1,
    ...(name === undefined ? {} : { name }),
    yearStatus: status,
  });
}

const pauseStep = (cal: CompiledCalendar, pause: Pause): TraceStep => ({
  kind: 'pause',
  ...pause,
  minutes: openBetween(cal, pause.from, pause.to) / minuteMs,
});

/** The years whose plan is not out and on which a count over these days rests. */
function unsureYears(cal: CompiledCalendar, first: number, last: number): TraceStep[] {
  const final = yearOf(last) + (isDecember(last) ? 1 : 0);
  const steps: TraceStep[] = [];
  for (let year = yearOf(first); year <= final; year++) {
    const status = yearStatus(cal, year);
    if (status !== 'published') steps.push({ kind: 'unsure', year, yearStatus: status });
  }
  return steps;
}
