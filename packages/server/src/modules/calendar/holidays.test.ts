import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import data from 'chinese-days/dist/chinese-days.json' with { type: 'json' };
import { render } from '../../../../../tools/generate/holidays.ts';
import { holidaysCn, importHolidayCn, withPlan } from './holidays.ts';

const datesOf = (kind: 'off' | 'work', year: number): string[] =>
  holidaysCn
    .flatMap(({ days }) => days)
    .filter((day) => day.kind === kind && day.date.startsWith(String(year)))
    .map(({ date }) => date)
    .toSorted();

const run = (from: string, to: string): string[] => {
  const dates: string[] = [];
  for (let at = Date.parse(`${from}T00:00:00Z`); at <= Date.parse(`${to}T00:00:00Z`); at += 86_400_000)
    dates.push(new Date(at).toISOString().slice(0, 10));
  return dates;
};

test('the shipped plans equal the data of chinese-days, day by day', () => {
  const published = holidaysCn.filter(({ status }) => status === 'published').flatMap(({ days }) => days);
  for (const [kind, source] of [
    ['off', data.holidays],
    ['work', data.workdays],
  ] as const) {
    const ours = published.filter((day) => day.kind === kind).map(({ date, name }) => `${date} ${name}`);
    const theirs = Object.entries(source).map(([date, detail]) => `${date} ${detail.split(',')[1]}`);
    assert.deepEqual(ours.toSorted(), theirs.toSorted());
  }
});

test('the shipped file is what the generator writes', () => {
  assert.equal(readFileSync(new URL('./holidays-cn.json', import.meta.url), 'utf8'), render());
});

test('2026 is as the State Council announced it on 2025-11-04', () => {
  const off = [
    ...run('2026-01-01', '2026-01-03'),
    ...run('2026-02-15', '2026-02-23'),
    ...run('2026-04-04', '2026-04-06'),
    ...run('2026-05-01', '2026-05-05'),
    ...run('2026-06-19', '2026-06-21'),
    ...run('2026-09-25', '2026-09-27'),
    ...run('2026-10-01', '2026-10-07'),
  ];
  assert.deepEqual(datesOf('off', 2026), off);
  assert.deepEqual(datesOf('work', 2026), [
    '2026-01-04',
    '2026-02-14',
    '2026-02-28',
    '2026-05-09',
    '2026-09-20',
    '2026-10-10',
  ]);
});

const isWeekday = (date: string): boolean => ![0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());

test('2025 is as announced, and both years have 248 working days', () => {
  const off = [
    '2025-01-01',
    ...run('2025-01-28', '2025-02-04'),
    ...run('2025-04-04', '2025-04-06'),
    ...run('2025-05-01', '2025-05-05'),
    ...run('2025-05-31', '2025-06-02'),
    ...run('2025-10-01', '2025-10-08'),
  ];
  assert.deepEqual(datesOf('off', 2025), off);
  assert.deepEqual(datesOf('work', 2025), [
    '2025-01-26',
    '2025-02-08',
    '2025-04-27',
    '2025-09-28',
    '2025-10-11',
  ]);
  for (const year of [2025, 2026]) {
    const free = new Set(datesOf('off', year));
    const worked =
      run(`${year}-01-01`, `${year}-12-31`).filter((date) => isWeekday(date) && !free.has(date)).length +
      datesOf('work', year).length;
    assert.equal(worked, 248);
  }
});

test('2027 is provisional and has its thirteen legal days', () => {
  const plan = holidaysCn.at(-1)!;
  assert.equal(plan.year, 2027);
  assert.equal(plan.status, 'provisional');
  assert.deepEqual(
    plan.days.map(({ date }) => date.slice(5)),
    [
      '01-01',
      '02-05',
      '02-06',
      '02-07',
      '02-08',
      '04-05',
      '05-01',
      '05-02',
      '06-09',
      '09-15',
      '10-01',
      '10-02',
      '10-03',
    ],
  );
});

test('New Year days in December belong to the plan of the year they celebrate', () => {
  const plan = holidaysCn.find(({ year }) => year === 2019)!;
  assert.deepEqual(
    plan.days.filter(({ date }) => date.startsWith('2018')).map(({ date, kind }) => `${date} ${kind}`),
    ['2018-12-30 off', '2018-12-31 off', '2018-12-29 work'],
  );
});

test('a holiday-cn file with papers becomes a published plan', () => {
  const imported = importHolidayCn({
    $schema: 'x',
    $id: 'y',
    year: 2027,
    papers: ['https://www.gov.cn/notice'],
    days: [
      { name: '元旦', date: '2026-12-31', isOffDay: true },
      { name: '春节', date: '2027-02-13', isOffDay: false },
    ],
  });
  assert.deepEqual(imported, {
    plan: {
      year: 2027,
      status: 'published',
      source: 'https://www.gov.cn/notice',
      days: [
        { name: '元旦', date: '2026-12-31', kind: 'off' },
        { name: '春节', date: '2027-02-13', kind: 'work' },
      ],
    },
  });
});

test('a holiday-cn file without papers is not published', () => {
  assert.deepEqual(importHolidayCn({ year: 2027, papers: [], days: [] }), {
    plan: { year: 2027, status: 'missing', days: [] },
  });
});

test('a file that does not speak of papers is taken at its word', () => {
  const imported = importHolidayCn({ year: 2027, days: [day('2027-01-01')] });
  assert.ok('plan' in imported);
  assert.equal(imported.plan.status, 'published');
});

const day = (date: string): object => ({ name: '元旦', date, isOffDay: true });

test('an import says which day is wrong', () => {
  assert.deepEqual(
    importHolidayCn({
      year: 2027,
      papers: ['p'],
      days: [day('2027-02-30'), day('2026-11-30'), day('2027-01-01'), day('2027-01-01')],
    }),
    {
      faults: [
        { pointer: '/days/0/date', code: 'DATE_INVALID' },
        { pointer: '/days/1/date', code: 'DATE_OUTSIDE_PLAN' },
        { pointer: '/days/3/date', code: 'DATE_TWICE' },
      ],
    },
  );
  for (const wrong of [
    null,
    [],
    {},
    { year: '2027', papers: [], days: [] },
    { year: 2027, papers: [], days: [{ date: '2027-01-01' }] },
  ])
    assert.deepEqual(importHolidayCn(wrong), { faults: [{ pointer: '', code: 'NOT_HOLIDAY_CN' }] });
});

test('an imported plan replaces the one of its year', () => {
  const plans = withPlan(holidaysCn, { year: 2027, status: 'published', days: [] });
  assert.equal(plans.length, holidaysCn.length);
  assert.equal(plans.at(-1)!.status, 'published');
});
