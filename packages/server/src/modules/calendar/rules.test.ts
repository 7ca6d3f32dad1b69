import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { holidaysCn, withPlan } from './holidays.ts';
import { calendarPreset } from './presets.ts';
import {
  add,
  addBusinessMinutes,
  addWall,
  addWallTraced,
  businessMinutesBetween,
  compile,
  dayList,
  isOpen,
  measure,
  nextOpening,
  yearStatus,
} from './rules.ts';
import type { Amount, CalendarSpec, CompiledCalendar, Pause, Span } from './rules.ts';
import { instantOf } from './zone.ts';

const hours: Span[] = [
  ['09:00', '12:00'],
  ['13:00', '18:00'],
];
const office = (more: Partial<CalendarSpec> = {}): CalendarSpec => ({
  name: '办公室',
  zone: 'Asia/Shanghai',
  statutory: 'CN',
  week: { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours, sat: [], sun: [] },
  days: [],
  ...more,
});
const cal = compile(office(), holidaysCn);
const workday = compile(calendarPreset('workday'), holidaysCn);

/** Instant of a Shanghai wall-clock text such as `2026-02-13 10:00`. */
const at = (text: string): number => Date.parse(`${text.replace(' ', 'T')}:00+08:00`);
const utc = (text: string): number => Date.parse(text);
const shown = (ms: number): string =>
  new Date(ms + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
const due = (calendar: CompiledCalendar, from: string, amount: Amount, pauses: Pause[] = []): string => {
  const result = add(calendar, at(from), amount, pauses);
  assert.ok('dueAt' in result, JSON.stringify(result));
  return shown(result.dueAt);
};

const spansOn = (spec: CalendarSpec): Span[] =>
  dayList(compile(spec, holidaysCn), '2026-02-14', '2026-02-14')[0]!.spans;

describe('statutory days', () => {
  test('SD1-15 P3 opened before Spring Festival is due after it, the make-up Saturday counts', () => {
    assert.equal(due(cal, '2026-02-13 10:00', { businessDays: 3 }), '2026-02-25 10:00');
    assert.equal(due(workday, '2026-02-13 10:00', { businessDays: 3 }), '2026-02-25 10:00');
  });

  test('SD1-15 three business days from 30 September end on the make-up Saturday 10 October', () => {
    assert.equal(due(cal, '2026-09-30 10:00', { businessDays: 3 }), '2026-10-10 10:00');
  });

  test('SD3s-06 a repair received on Thursday 26 February is ready on the make-up Saturday', () => {
    assert.equal(due(cal, '2026-02-26 09:00', { businessDays: 2 }), '2026-02-27 18:00');
    assert.equal(due(cal, '2026-02-26 10:00', { businessDays: 2 }), '2026-02-28 10:00');
    assert.equal(dayList(cal, '2026-02-28', '2026-02-28')[0]!.kind, 'work');
  });

  test('a December is final only when the next plan is out, and importing it moves due instants', () => {
    const items = dayList(cal, '2026-11-30', '2026-12-01');
    assert.deepEqual(
      items.map((item) => item.yearStatus),
      ['published', 'provisional'],
    );
    assert.equal(due(cal, '2026-12-30 10:00', { businessDays: 2 }), '2027-01-04 10:00');
    const plan = {
      year: 2027,
      status: 'published' as const,
      days: [
        { date: '2026-12-31', kind: 'off' as const, name: '元旦' },
        { date: '2027-01-01', kind: 'off' as const, name: '元旦' },
      ],
    };
    const imported = compile(office(), withPlan(holidaysCn, plan));
    assert.equal(due(imported, '2026-12-30 10:00', { businessDays: 2 }), '2027-01-05 10:00');
    assert.equal(dayList(imported, '2026-12-01', '2026-12-01')[0]!.yearStatus, 'published');
  });

  test('a year has a published, provisional or missing plan; without statutory days nothing is left to publish', () => {
    assert.deepEqual(
      [2003, 2026, 2027, 2028].map((year) => yearStatus(cal, year)),
      ['missing', 'published', 'provisional', 'missing'],
    );
    assert.equal(yearStatus(compile(office({ statutory: null }), holidaysCn), 2028), 'published');
  });

  test('the day list shows make-up days, holidays, weekends and own days with their hours', () => {
    const own = compile(
      office({
        days: [
          { date: '2026-02-18', kind: 'work', name: '值班', spans: [['10:00', '12:00']] },
          { date: '2026-02-27', kind: 'off', name: '司庆' },
        ],
      }),
      holidaysCn,
    );
    const byDate = new Map(dayList(own, '2026-02-13', '2026-02-28').map((item) => [item.date, item]));
    assert.deepEqual(byDate.get('2026-02-14'), {
      date: '2026-02-14',
      kind: 'work',
      name: '春节',
      spans: hours,
      yearStatus: 'published',
    });
    assert.deepEqual(byDate.get('2026-02-16'), {
      date: '2026-02-16',
      kind: 'off',
      name: '春节',
      spans: [],
      yearStatus: 'published',
    });
    assert.deepEqual(byDate.get('2026-02-18'), {
      date: '2026-02-18',
      kind: 'work',
      name: '值班',
      spans: [['10:00', '12:00']],
      yearStatus: 'published',
    });
    assert.equal(byDate.get('2026-02-27')!.kind, 'off');
    assert.deepEqual(dayList(cal, '2026-03-07', '2026-03-07'), [
      { date: '2026-03-07', kind: 'off', spans: [], yearStatus: 'published' },
    ]);
  });

  test('a make-up day takes the hours of the chosen weekday', () => {
    const week = { mon: hours, tue: hours, wed: hours, thu: hours, fri: [['09:00', '15:00']] as Span[] };
    assert.deepEqual(spansOn(office({ week })), hours);
    assert.deepEqual(spansOn(office({ week, makeUpPattern: 'fri' })), [['09:00', '15:00']]);
    assert.deepEqual(
      spansOn(office({ week, days: [{ date: '2026-02-14', kind: 'work', pattern: 'fri' }] })),
      [['09:00', '15:00']],
    );
    assert.deepEqual(spansOn(office({ week: { sun: [['10:00', '16:00']] } })), [['10:00', '16:00']]);
  });
});

describe('targets of the handbook', () => {
  test('SD1-04 mail arriving on Friday 17:00 is answered by Monday 17:00', () => {
    assert.equal(due(workday, '2026-03-06 17:00', { businessDays: 1 }), '2026-03-09 17:00');
    assert.equal(due(cal, '2026-03-06 17:00', { businessDays: 1 }), '2026-03-09 17:00');
  });

  test('SD1-04 mail arriving on a make-up Saturday counts that day', () => {
    assert.equal(due(workday, '2026-02-13 17:00', { businessDays: 1 }), '2026-02-14 17:00');
  });

  test('SD1-14 P2 runs around the clock: 22:00 → respond 00:00, solve 22:00 next day', () => {
    assert.equal(shown(addWall(at('2026-02-15 22:00'), 120)), '2026-02-16 00:00');
    assert.equal(shown(addWall(at('2026-02-15 22:00'), 24 * 60)), '2026-02-16 22:00');
  });

  test('SD1-16 P4 created 17:00 with hours 9–18 is answered by 16:00 of the next business day', () => {
    assert.equal(due(workday, '2026-03-05 17:00', { hours: 8 }), '2026-03-06 16:00');
    assert.equal(due(workday, '2026-03-06 17:00', { hours: 8 }), '2026-03-09 16:00');
  });

  test('SD1-16 five business days over the Labour Day holiday', () => {
    assert.equal(due(cal, '2026-04-30 10:00', { businessDays: 5 }), '2026-05-11 10:00');
  });

  test('the hour of ten seconds is exact', () => {
    assert.equal(addWall(0, 10 / 60), 10_000);
    assert.equal(
      addBusinessMinutes(cal, at('2026-03-05 17:59') + 55_000, 10 / 60),
      at('2026-03-06 09:00') + 5_000,
    );
  });
});

describe('edges of a span', () => {
  test('the opening instant belongs to the span, the closing instant does not', () => {
    assert.equal(isOpen(cal, at('2026-03-05 09:00')), true);
    assert.equal(isOpen(cal, at('2026-03-05 09:00') - 1), false);
    assert.equal(isOpen(cal, at('2026-03-05 18:00') - 1), true);
    assert.equal(isOpen(cal, at('2026-03-05 18:00')), false);
  });

  test('a due instant exactly on closing stays there', () => {
    assert.equal(due(cal, '2026-03-05 17:00', { minutes: 60 }), '2026-03-05 18:00');
    assert.equal(due(cal, '2026-03-05 11:00', { minutes: 60 }), '2026-03-05 12:00');
    assert.equal(due(cal, '2026-03-06 09:00', { businessDays: 1 }), '2026-03-06 18:00');
  });

  test('a start on closing or outside counts from the next opening', () => {
    assert.equal(due(cal, '2026-03-05 12:00', { minutes: 30 }), '2026-03-05 13:30');
    assert.equal(due(cal, '2026-03-06 18:00', { minutes: 1 }), '2026-03-09 09:01');
    assert.equal(due(cal, '2026-03-07 03:00', { minutes: 60 }), '2026-03-09 10:00');
  });

  test('the next opening is now when open, else when the doors open', () => {
    assert.equal(shown(nextOpening(cal, at('2026-03-05 10:17'))), '2026-03-05 10:17');
    assert.equal(shown(nextOpening(cal, at('2026-03-05 12:00'))), '2026-03-05 13:00');
    assert.equal(shown(nextOpening(cal, at('2026-02-14 18:00'))), '2026-02-24 09:00');
  });

  test('SD1-02 at 20:00 the phone is closed and the chat is open', () => {
    const always = compile(calendarPreset('always'), holidaysCn);
    assert.equal(isOpen(workday, at('2026-03-05 20:00')), false);
    assert.equal(isOpen(always, at('2026-03-05 20:00')), true);
    assert.equal(nextOpening(always, at('2026-10-01 20:00')), at('2026-10-01 20:00'));
  });

  test('zero and negative targets, more than one amount and backward pauses are refused', () => {
    const from = at('2026-03-05 10:00');
    for (const amount of [
      { minutes: 0 },
      { minutes: -5 },
      { hours: -1 },
      { businessDays: 0 },
      { minutes: Number.NaN },
      { minutes: -Infinity },
      { minutes: 1e-9 },
    ])
      assert.deepEqual(add(cal, from, amount), { refusal: 'TARGET_NOT_POSITIVE' });
    assert.deepEqual(add(cal, from, {}), { refusal: 'AMOUNT_NOT_ONE' });
    assert.deepEqual(add(cal, from, { minutes: 5, hours: 1 }), { refusal: 'AMOUNT_NOT_ONE' });
    assert.deepEqual(add(cal, from, { minutes: 5 }, [{ from: 2, to: 1 }]), { refusal: 'PAUSE_BACKWARDS' });
    assert.deepEqual(add(cal, Number.NaN, { minutes: 5 }), { refusal: 'INSTANT_INVALID' });
    assert.deepEqual(add(cal, 9e15, { minutes: 5 }), { refusal: 'INSTANT_INVALID' });
    assert.deepEqual(add(cal, from, { hours: 1e9 }), { refusal: 'TARGET_TOO_LARGE' });
    assert.deepEqual(measure(cal, from, from - 1), { refusal: 'RANGE_BACKWARDS' });
    assert.deepEqual(addWallTraced('Asia/Shanghai', from, 0), { refusal: 'TARGET_NOT_POSITIVE' });
    assert.throws(() => addBusinessMinutes(cal, from, 0), RangeError);
    assert.throws(() => addWall(from, -1), RangeError);
  });
});

const pause = (from: string, to: string): Pause => ({ from: at(from), to: at(to) });

describe('pauses', () => {
  test('SD1-23 a pause adds exactly its paused business minutes', () => {
    assert.equal(due(cal, '2026-03-05 10:00', { hours: 4 }), '2026-03-05 15:00');
    assert.equal(
      due(cal, '2026-03-05 10:00', { hours: 4 }, [pause('2026-03-05 11:00', '2026-03-05 14:00')]),
      '2026-03-05 17:00',
    );
    assert.equal(
      due(cal, '2026-03-05 10:00', { hours: 4 }, [pause('2026-03-05 14:00', '2026-03-06 09:30')]),
      '2026-03-06 10:30',
    );
  });

  test('a pause outside the hours adds nothing', () => {
    assert.equal(
      due(cal, '2026-03-05 17:00', { hours: 2 }, [pause('2026-03-05 18:00', '2026-03-06 09:00')]),
      '2026-03-06 10:00',
    );
  });

  test('overlapping and touching pauses count once, one before the start only from the start', () => {
    const pauses = [
      pause('2026-03-05 11:00', '2026-03-05 11:30'),
      pause('2026-03-05 11:15', '2026-03-05 11:45'),
      pause('2026-03-05 11:45', '2026-03-05 12:00'),
      pause('2026-03-05 08:00', '2026-03-05 10:10'),
    ];
    assert.equal(due(cal, '2026-03-05 10:00', { hours: 1 }, pauses), '2026-03-05 13:10');
  });

  test('a pause that begins at or after the due instant changes nothing', () => {
    assert.equal(
      due(cal, '2026-03-05 10:00', { hours: 1 }, [pause('2026-03-05 11:00', '2026-03-05 17:00')]),
      '2026-03-05 11:00',
    );
  });

  test('a wall clock pauses by real time, nights included', () => {
    assert.equal(
      shown(addWall(at('2026-03-05 10:00'), 120, [pause('2026-03-05 11:00', '2026-03-06 11:00')])),
      '2026-03-06 12:00',
    );
  });

  test('measuring leaves the paused minutes out', () => {
    assert.equal(businessMinutesBetween(cal, at('2026-02-13 10:00'), at('2026-02-25 10:00')), 3 * 480);
    assert.deepEqual(
      measure(cal, at('2026-03-05 10:00'), at('2026-03-05 15:00'), [
        pause('2026-03-05 11:30', '2026-03-05 13:30'),
      ]),
      { businessMinutes: 180 },
    );
    assert.equal(businessMinutesBetween(cal, at('2026-03-05 10:00'), at('2026-03-05 09:00')), 0);
  });
});

const local = (text: string): number => Date.parse(`${text}Z`);

describe('nights, zones and far years', () => {
  test('a span across midnight belongs to the day it starts on', () => {
    const night = compile(
      { name: '夜班', zone: 'Asia/Shanghai', statutory: null, week: { fri: [['22:00', '06:00']] }, days: [] },
      [],
    );
    assert.equal(night.minutesPerBusinessDay, 480);
    assert.equal(due(night, '2026-03-06 23:00', { hours: 2 }), '2026-03-07 01:00');
    assert.equal(due(night, '2026-03-07 05:00', { hours: 2 }), '2026-03-13 23:00');
    assert.equal(isOpen(night, at('2026-03-08 01:00')), false);
    const off = compile({ ...night.spec, days: [{ date: '2026-03-06', kind: 'off' }] }, []);
    assert.equal(isOpen(off, at('2026-03-07 01:00')), false);
  });

  test('around the clock across midnight, the year and a holiday', () => {
    const always = compile(calendarPreset('always'), holidaysCn);
    assert.equal(always.minutesPerBusinessDay, 1440);
    assert.equal(due(always, '2026-12-31 23:30', { hours: 1 }), '2027-01-01 00:30');
    assert.equal(due(always, '2026-01-01 00:00', { businessDays: 365 }), '2027-01-01 00:00');
  });

  test('P96 Berlin, 2026-03-29: the day has 23 hours and the skipped hour is not counted', () => {
    const berlin = compile(
      {
        name: 'Berlin',
        zone: 'Europe/Berlin',
        statutory: null,
        week: { sat: [['00:00', '24:00']], sun: [['00:00', '24:00']], mon: [['00:00', '24:00']] },
        days: [],
      },
      [],
    );
    const from = utc('2026-03-28T23:00:00Z');
    assert.equal(businessMinutesBetween(berlin, from, utc('2026-03-29T22:00:00Z')), 23 * 60);
    assert.equal(addBusinessMinutes(berlin, from, 3 * 60), utc('2026-03-29T02:00:00Z'));
    const early = compile(
      {
        ...berlin.spec,
        week: {
          sun: [
            ['01:00', '02:30'],
            ['02:30', '05:00'],
          ],
        },
      },
      [],
    );
    assert.equal(businessMinutesBetween(early, from, utc('2026-03-29T22:00:00Z')), 180);
  });

  test('P96 Berlin, 2026-10-25: the day has 25 hours and the repeated hour counts twice', () => {
    const berlin = compile(
      {
        name: 'Berlin',
        zone: 'Europe/Berlin',
        statutory: null,
        week: { sun: [['01:00', '04:00']] },
        days: [],
      },
      [],
    );
    assert.equal(
      businessMinutesBetween(berlin, utc('2026-10-24T12:00:00Z'), utc('2026-10-25T12:00:00Z')),
      240,
    );
    const first = compile({ ...berlin.spec, week: { sun: [['02:00', '02:30']] } }, []);
    assert.equal(businessMinutesBetween(first, utc('2026-10-24T12:00:00Z'), utc('2026-10-25T12:00:00Z')), 30);
    assert.equal(isOpen(first, utc('2026-10-25T00:15:00Z')), true);
    assert.equal(isOpen(first, utc('2026-10-25T01:15:00Z')), false);
  });

  test('local times that are skipped or repeated mean the first instant that shows them or later', () => {
    assert.equal(instantOf('Europe/Berlin', local('2026-03-29T02:30:00')), utc('2026-03-29T01:00:00Z'));
    assert.equal(instantOf('Europe/Berlin', local('2026-03-29T03:00:00')), utc('2026-03-29T01:00:00Z'));
    assert.equal(instantOf('Europe/Berlin', local('2026-10-25T02:30:00')), utc('2026-10-25T00:30:00Z'));
    assert.equal(instantOf('Europe/Berlin', local('2026-10-25T03:00:00')), utc('2026-10-25T02:00:00Z'));
    assert.equal(instantOf('Asia/Kathmandu', local('2026-01-01T00:00:00')), utc('2025-12-31T18:15:00Z'));
    assert.equal(instantOf('America/St_Johns', local('2026-07-01T00:00:00')), utc('2026-07-01T02:30:00Z'));
    assert.equal(instantOf('Pacific/Apia', local('2011-12-30T12:00:00')), utc('2011-12-30T10:00:00Z'));
  });

  test('any instant from 2004 to 2100 can be asked, in any order', () => {
    const fresh = compile(office(), holidaysCn);
    assert.equal(due(fresh, '2099-12-31 17:30', { hours: 1 }), '2100-01-01 09:30');
    assert.equal(due(fresh, '2004-01-02 17:30', { hours: 1 }), '2004-01-05 09:30');
    assert.equal(due(fresh, '2026-02-13 10:00', { businessDays: 3 }), '2026-02-25 10:00');
    const days = businessMinutesBetween(fresh, at('2025-01-01 00:00'), at('2027-01-01 00:00')) / 480;
    assert.equal(days, 248 * 2);
    assert.equal(
      due(compile(office(), holidaysCn), '2026-01-05 09:00', { businessDays: 248 * 20 }).slice(0, 3),
      '204',
    );
  });

  test('a zone change of a calendar moves its hours, not its wall clocks', () => {
    const tokyo = compile(office({ zone: 'Asia/Tokyo' }), holidaysCn);
    assert.equal(due(tokyo, '2026-03-05 16:00', { hours: 2 }), '2026-03-06 09:00');
  });
});
