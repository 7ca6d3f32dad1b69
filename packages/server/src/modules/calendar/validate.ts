/** Says what is wrong with a calendar, all faults at once; an empty list means it can be compiled. */
import { dayNumberOf, minuteOfDay, weekdays } from './dates.ts';
import type { Weekday } from './dates.ts';
import type { CalendarSpec, Span, SpecFault, SpecFaultCode } from './spec.ts';
import { isZone } from './zone.ts';

type Report = (pointer: string, code: SpecFaultCode) => void;

export function validate(spec: CalendarSpec): SpecFault[] {
  const faults: SpecFault[] = [];
  const report: Report = (pointer, code) => {
    faults.push({ pointer, code, message: `calendar.fault.${code}` });
  };
  if (spec.name.trim() === '') report('/name', 'NAME_EMPTY');
  if (!isZone(spec.zone)) report('/zone', 'ZONE_UNKNOWN');
  if (spec.statutory !== null && spec.statutory !== 'CN') report('/statutory', 'STATUTORY_UNKNOWN');
  if (spec.makeUpPattern !== undefined && !weekdays.includes(spec.makeUpPattern))
    report('/makeUpPattern', 'WEEKDAY_UNKNOWN');
  const perDay = spec.minutesPerBusinessDay;
  if (perDay !== undefined && !(Number.isFinite(perDay) && perDay > 0))
    report('/minutesPerBusinessDay', 'BUSINESS_DAY_NOT_POSITIVE');
  checkWeek(spec, report);
  checkDays(spec, report);
  return faults;
}

function checkWeek(spec: CalendarSpec, report: Report): void {
  for (const key of Object.keys(spec.week))
    if (!weekdays.includes(key as Weekday)) report(`/week/${key}`, 'WEEKDAY_UNKNOWN');
  if (weekdays.every((weekday) => !spec.week[weekday]?.length)) report('/week', 'WEEK_EMPTY');
  const placed: Placed[] = [];
  for (const [index, weekday] of weekdays.entries())
    for (const [at, span] of (spec.week[weekday] ?? []).entries())
      placeSpan(span, `/week/${weekday}/${at}`, index * 1440, placed, report);
  // Sunday night may run into Monday: the week closes on itself.
  const first = placed.toSorted((a, b) => a.from - b.from)[0];
  if (first) placed.push({ ...first, from: first.from + 7 * 1440, to: first.to + 7 * 1440 });
  reportOverlaps(placed, report);
}

function checkDays(spec: CalendarSpec, report: Report): void {
  const seen = new Set<string>();
  for (const [index, day] of spec.days.entries()) {
    const pointer = `/days/${index}`;
    if (dayNumberOf(day.date) === null) report(`${pointer}/date`, 'DATE_INVALID');
    if (seen.has(day.date)) report(`${pointer}/date`, 'DATE_TWICE');
    seen.add(day.date);
    if (day.kind !== 'work' && day.kind !== 'off') report(`${pointer}/kind`, 'DAY_KIND_UNKNOWN');
    if (day.kind === 'off' && day.spans?.length) report(`${pointer}/spans`, 'OFF_DAY_WITH_SPANS');
    if (day.kind === 'work' && day.spans?.length === 0) report(`${pointer}/spans`, 'WORK_DAY_EMPTY');
    if (day.pattern !== undefined && !weekdays.includes(day.pattern))
      report(`${pointer}/pattern`, 'WEEKDAY_UNKNOWN');
    const placed: Placed[] = [];
    for (const [at, span] of (day.spans ?? []).entries())
      placeSpan(span, `${pointer}/spans/${at}`, 0, placed, report);
    reportOverlaps(placed, report);
  }
}

type Placed = { from: number; to: number; pointer: string };

function placeSpan(span: Span, pointer: string, base: number, placed: Placed[], report: Report): void {
  const start = minuteOfDay(span[0]);
  const end = minuteOfDay(span[1]);
  if (start === null || start === 1440) report(`${pointer}/0`, 'TIME_INVALID');
  if (end === null) report(`${pointer}/1`, 'TIME_INVALID');
  if (start === null || start === 1440 || end === null) return;
  if (start === end) return report(pointer, 'SPAN_EMPTY');
  placed.push({ from: base + start, to: base + (end < start ? end + 1440 : end), pointer });
}

function reportOverlaps(placed: Placed[], report: Report): void {
  const sorted = placed.toSorted((a, b) => a.from - b.from);
  let reach: Placed | undefined;
  for (const span of sorted) {
    if (reach && span.from < reach.to) report(span.pointer, 'SPANS_OVERLAP');
    if (!reach || span.to > reach.to) reach = span;
  }
}
