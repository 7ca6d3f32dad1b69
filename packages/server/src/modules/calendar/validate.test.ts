import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { calendarPresets } from './presets.ts';
import { compile, validate } from './rules.ts';
import type { CalendarSpec, Span } from './rules.ts';

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

const faults = (more: Partial<CalendarSpec>): string[] =>
  validate(office(more)).map(({ pointer, code }) => `${pointer} ${code}`);

describe('what is refused', () => {
  test('a calendar says all its faults with their places', () => {
    assert.deepEqual(faults({}), []);
    assert.deepEqual(faults({ week: {} }), ['/week WEEK_EMPTY']);
    assert.deepEqual(faults({ name: ' ', zone: 'Asia/Peking' }), ['/name NAME_EMPTY', '/zone ZONE_UNKNOWN']);
    assert.deepEqual(faults({ minutesPerBusinessDay: 0 }), [
      '/minutesPerBusinessDay BUSINESS_DAY_NOT_POSITIVE',
    ]);
    assert.deepEqual(faults({ week: { mon: [['09:00', '09:00']] } }), ['/week/mon/0 SPAN_EMPTY']);
    assert.deepEqual(faults({ week: { mon: [['9:00', '24:30']] } }), [
      '/week/mon/0/0 TIME_INVALID',
      '/week/mon/0/1 TIME_INVALID',
    ]);
    assert.deepEqual(faults({ week: { mon: [['24:00', '08:00']] } }), ['/week/mon/0/0 TIME_INVALID']);
    assert.deepEqual(
      faults({
        week: {
          mon: [
            ['09:00', '12:00'],
            ['11:00', '13:00'],
          ],
        },
      }),
      ['/week/mon/1 SPANS_OVERLAP'],
    );
    assert.deepEqual(faults({ week: { mon: [['22:00', '10:00']], tue: [['09:00', '12:00']] } }), [
      '/week/tue/0 SPANS_OVERLAP',
    ]);
    assert.deepEqual(faults({ week: { sun: [['22:00', '10:00']], mon: [['09:00', '12:00']] } }), [
      '/week/mon/0 SPANS_OVERLAP',
    ]);
    assert.deepEqual(
      faults({
        week: {
          mon: [
            ['09:00', '12:00'],
            ['12:00', '18:00'],
          ],
        },
      }),
      [],
    );
    assert.deepEqual(
      faults({
        days: [
          { date: '2026-02-30', kind: 'off' },
          { date: '2026-05-04', kind: 'off', spans: hours },
        ],
      }),
      ['/days/0/date DATE_INVALID', '/days/1/spans OFF_DAY_WITH_SPANS'],
    );
    assert.deepEqual(
      faults({
        days: [
          { date: '2026-05-04', kind: 'off' },
          { date: '2026-05-04', kind: 'work', spans: [] },
        ],
      }),
      ['/days/1/date DATE_TWICE', '/days/1/spans WORK_DAY_EMPTY'],
    );
  });

  test('a calendar with faults is not compiled', () => {
    assert.throws(() => compile(office({ week: {} }), []), /WEEK_EMPTY/);
  });

  test('every shipped preset is a valid calendar', () => {
    for (const { key, spec } of calendarPresets) assert.deepEqual(validate(spec), [], key);
    assert.ok(calendarPresets.length >= 3);
  });
});
