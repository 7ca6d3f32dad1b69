/**
 * P96: the arithmetic against an independent model that walks the time line minute by minute. The model knows no
 * intervals, no prefix sums and no offsets: it reads a wall clock each minute (as Intl shows it, never going back)
 * and asks whether that reading lies in a span.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  add,
  addBusinessMinutes,
  addWall,
  businessMinutesBetween,
  compile,
  isOpen,
  nextOpening,
} from './rules.ts';
import type { CalendarSpec, HolidayPlan, Pause, Span } from './rules.ts';

const minute = 60_000;
const windowDays = 10;

/** Windows around the moments that break calendars: Spring Festival, both clock changes, a year's end, a leap day. */
const windows = [
  ['Asia/Shanghai', '2026-02-10'],
  ['Asia/Shanghai', '2026-12-27'],
  ['Europe/Berlin', '2026-03-24'],
  ['Europe/Berlin', '2026-10-20'],
  ['America/St_Johns', '2026-03-03'],
  ['Australia/Lord_Howe', '2026-04-01'],
  ['Asia/Kathmandu', '2028-02-25'],
] as const;

/** For each minute of a window: the local date and minute of the day that its wall clock shows. */
const readings = windows.map(([zone, date]) => {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const start = Date.parse(`${date}T00:00:00Z`);
  const shown: string[] = [];
  let latest = '';
  for (let i = 0; i < windowDays * 1440; i++) {
    const [, day, month, year, time] = /(\d+)\/(\d+)\/(\d+), (.*)/.exec(format.format(start + i * minute))!;
    const now = `${year}-${month}-${day} ${time}`;
    // A repeated hour: the clock waits until it is past what it has shown already.
    if (now > latest) latest = now;
    shown.push(latest);
  }
  const dates = [...new Set(shown.map((text) => text.slice(0, 10)))];
  return {
    zone,
    start,
    dates,
    dateIndex: Int16Array.from(shown, (text) => dates.indexOf(text.slice(0, 10))),
    minutes: Int16Array.from(shown, (text) => Number(text.slice(11, 13)) * 60 + Number(text.slice(14, 16))),
  };
});

const names = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
const previousDate = (date: string): string =>
  new Date(Date.parse(date) - 86_400_000).toISOString().slice(0, 10);
const toMinutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

function spansOf(spec: CalendarSpec, plans: HolidayPlan[], date: string): readonly Span[] {
  const own = spec.days.find((day) => day.date === date);
  const planned = spec.statutory
    ? plans.flatMap(({ days }) => days).find((day) => day.date === date)
    : undefined;
  const kind = own?.kind ?? planned?.kind;
  if (kind === 'off') return [];
  if (own?.spans) return own.spans;
  if (kind === 'work') return spec.week.mon!;
  return spec.week[names[new Date(Date.parse(date)).getUTCDay()]!] ?? [];
}

/** Whether a minute of a window is open, asked anew for each. */
function opennessOf(spec: CalendarSpec, plans: HolidayPlan[], index: number): (i: number) => boolean {
  const { dates, dateIndex, minutes } = readings[index]!;
  // The day before the window first, so that day i has its own spans at i + 1 and yesterday's at i.
  const spans = [previousDate(dates[0]!), ...dates].map((date) =>
    spansOf(spec, plans, date).flatMap((span) => span.map(toMinutes)),
  );
  return (i) => {
    const now = minutes[i]!;
    const today = spans[dateIndex[i]! + 1]!;
    for (let s = 0; s < today.length; s += 2)
      if (now >= today[s]! && (now < today[s + 1]! || today[s + 1]! < today[s]!)) return true;
    const yesterday = spans[dateIndex[i]!]!;
    for (let s = 0; s < yesterday.length; s += 2)
      if (yesterday[s + 1]! < yesterday[s]! && now < yesterday[s + 1]!) return true;
    return false;
  };
}

const time = (value: number): string =>
  `${String(Math.floor(value / 60)).padStart(2, '0')}:${String(value % 60).padStart(2, '0')}`;

/** Spans of one day from distinct cut points; the last may cross midnight up to 05:00, before any other day opens. */
const spansArb = (emptyAllowed: boolean): fc.Arbitrary<Span[]> =>
  fc
    .record({
      cuts: fc.uniqueArray(fc.integer({ min: 60, max: 288 }), {
        minLength: emptyAllowed ? 0 : 2,
        maxLength: 6,
      }),
      late: fc.integer({ min: 0, max: 60 }),
      cross: fc.boolean(),
    })
    .map(({ cuts, late, cross }) => {
      const times = cuts.map((cut) => cut * 5).toSorted((a, b) => a - b);
      const spans: Span[] = [];
      for (let i = 0; i + 1 < times.length; i += 2) spans.push([time(times[i]!), time(times[i + 1]!)]);
      const last = spans.at(-1);
      if (cross && last && late * 5 < toMinutes(last[0])) spans[spans.length - 1] = [last[0], time(late * 5)];
      return spans;
    });

const caseArb = fc.integer({ min: 0, max: windows.length - 1 }).chain((index) =>
  fc.record({
    index: fc.constant(index),
    week: fc.record({
      mon: spansArb(false),
      tue: spansArb(true),
      wed: spansArb(true),
      thu: spansArb(true),
      fri: spansArb(false),
      sat: spansArb(true),
      sun: spansArb(true),
    }),
    days: fc.uniqueArray(
      fc.oneof(
        fc.record({ date: fc.constantFrom(...readings[index]!.dates), kind: fc.constant('off' as const) }),
        fc.record({
          date: fc.constantFrom(...readings[index]!.dates),
          kind: fc.constant('work' as const),
          spans: spansArb(false),
        }),
      ),
      { maxLength: 3, selector: ({ date }) => date },
    ),
    planned: fc.uniqueArray(
      fc.record({
        date: fc.constantFrom(...readings[index]!.dates),
        kind: fc.constantFrom('off' as const, 'work' as const),
      }),
      { maxLength: 3, selector: ({ date }) => date },
    ),
    // Days 2–4 leave the model room at both ends of its window.
    from: fc.integer({ min: 2 * 1440, max: 4 * 1440 }),
    minutes: fc.integer({ min: 1, max: 700 }),
    pauses: fc.array(
      fc.record({ from: fc.integer({ min: 1440, max: 6 * 1440 }), length: fc.integer({ min: 0, max: 700 }) }),
      { maxLength: 3 },
    ),
    to: fc.integer({ min: 0, max: 2 * 1440 }),
  }),
);

test('P96 due instants and measured minutes equal a minute-by-minute walk, 10 000 calendars', () => {
  let compared = 0;
  fc.assert(
    fc.property(caseArb, ({ index, week, days, planned, from, minutes, pauses, to }) => {
      const { zone, start } = readings[index]!;
      const spec: CalendarSpec = { name: 'model', zone, statutory: 'CN', week, days };
      const plans: HolidayPlan[] = [
        { year: 2026, status: 'published', days: planned.map((day) => ({ ...day, name: '假' })) },
      ];
      const cal = compile(spec, plans);
      const isOpenAt = opennessOf(spec, plans, index);
      const paused = new Uint8Array(windowDays * 1440);
      for (const pause of pauses) paused.fill(1, pause.from, pause.from + pause.length);
      const spans: Pause[] = pauses.map((pause) => ({
        from: start + pause.from * minute,
        to: start + (pause.from + pause.length) * minute,
      }));
      const begin = start + from * minute;

      assert.equal(isOpen(cal, begin), isOpenAt(from));
      let opening = from;
      while (opening < paused.length && !isOpenAt(opening)) opening++;
      if (opening < paused.length) assert.equal(nextOpening(cal, begin), start + opening * minute);

      let counted = 0;
      for (let i = from; i < from + to; i++) if (paused[i] === 0 && isOpenAt(i)) counted++;
      assert.equal(businessMinutesBetween(cal, begin, begin + to * minute, spans), counted);

      let left = minutes;
      let i = from;
      while (left > 0 && i < paused.length) {
        if (paused[i] === 0 && isOpenAt(i)) left--;
        i++;
      }
      // A calendar that is too empty for its window tells the model nothing.
      if (left === 0) {
        compared++;
        assert.equal(addBusinessMinutes(cal, begin, minutes, spans), start + i * minute);
        const traced = add(cal, begin, { minutes }, spans);
        assert.ok('trace' in traced);
        const told = traced.trace.reduce((sum, step) => sum + (step.kind === 'work' ? step.minutes : 0), 0);
        assert.ok(Math.abs(told - minutes) < 1e-6, `the trace tells ${told} of ${minutes} minutes`);
      }

      left = minutes;
      i = from;
      while (left > 0) {
        if (paused[i] !== 1) left--;
        i++;
      }
      assert.equal(addWall(begin, minutes, spans), start + i * minute);
    }),
    { numRuns: 10_000, seed: 20_260_213 },
  );
  assert.ok(compared > 8000, `only ${compared} runs fitted their window`);
});
