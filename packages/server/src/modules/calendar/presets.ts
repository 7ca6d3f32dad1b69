/** Calendars a centre can start from; a manager edits the copy. C2: the hours belong to channel and brand. */
import { weekdays } from './dates.ts';
import type { CalendarSpec, Span } from './spec.ts';

export type CalendarPreset = { key: string; zh: string; en: string; rows: string[]; spec: CalendarSpec };

const allWeek = (spans: Span[]): CalendarSpec['week'] =>
  Object.fromEntries(weekdays.map((weekday) => [weekday, spans]));
const workWeek = (spans: Span[]): CalendarSpec['week'] => ({ ...allWeek(spans), sat: [], sun: [] });

const preset = (
  key: string,
  zh: string,
  en: string,
  rows: string[],
  rest: Pick<CalendarSpec, 'statutory' | 'week'>,
): CalendarPreset => ({
  key,
  zh,
  en,
  rows,
  spec: { name: zh, nameEn: en, zone: 'Asia/Shanghai', days: [], ...rest },
});

export const calendarPresets: readonly CalendarPreset[] = [
  preset('workday', '工作日 9:00–18:00', 'Working days 9:00–18:00', ['SD1-02', 'SD1-16'], {
    statutory: 'CN',
    week: workWeek([['09:00', '18:00']]),
  }),
  preset(
    'workday_lunch',
    '工作日 9:00–12:00、13:00–18:00',
    'Working days 9:00–12:00 and 13:00–18:00',
    ['SD1-02'],
    {
      statutory: 'CN',
      week: workWeek([
        ['09:00', '12:00'],
        ['13:00', '18:00'],
      ]),
    },
  ),
  preset('always', '7×24 小时', 'Around the clock', ['SD1-02', 'SD2-01'], {
    statutory: null,
    week: allWeek([['00:00', '24:00']]),
  }),
  preset('shop', '网店 8:30–22:00 两班', 'Online shop, two shifts 8:30–22:00', ['SD3r-01', 'SD3r-07'], {
    statutory: null,
    week: allWeek([
      ['08:30', '17:00'],
      ['17:00', '22:00'],
    ]),
  }),
  preset(
    'government',
    '政务窗口 9:00–12:00、13:30–17:30',
    'Government office 9:00–12:00 and 13:30–17:30',
    ['SD1-02'],
    {
      statutory: 'CN',
      week: workWeek([
        ['09:00', '12:00'],
        ['13:30', '17:30'],
      ]),
    },
  ),
  preset('daily', '每日 9:00–21:00（节假日照常）', 'Every day 9:00–21:00, holidays too', ['SD1-02'], {
    statutory: null,
    week: allWeek([['09:00', '21:00']]),
  }),
  preset('night_duty', '夜间值守 18:00–次日 9:00', 'Night duty 18:00–9:00', ['SD2-01'], {
    statutory: null,
    week: allWeek([['18:00', '09:00']]),
  }),
];

/** The preset's calendar by its key; throws for a key that is not shipped. */
export function calendarPreset(key: string): CalendarSpec {
  const found = calendarPresets.find((candidate) => candidate.key === key);
  if (!found) throw new RangeError(`no calendar preset "${key}"`);
  return found.spec;
}
