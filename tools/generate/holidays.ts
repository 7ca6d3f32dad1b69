/**
 * Writes the shipped holiday plans from the devDependency chinese-days: the published years as they are, and the
 * legal days alone for the year after them. Run it after updating the package: `node tools/generate/holidays.ts`.
 */
import { writeFileSync } from 'node:fs';
import chineseDays from 'chinese-days';
import data from 'chinese-days/dist/chinese-days.json' with { type: 'json' };

type NamedDays = Record<string, string[]>;
type PlanRow = [year: number, status: 'published' | 'provisional', off: NamedDays, work: NamedDays];

const target = new URL('../../packages/server/src/modules/calendar/holidays-cn.json', import.meta.url);

/** The text of `holidays-cn.json`: one plan a line. */
export function render(): string {
  const rows = [...published(), inUtc(provisional)];
  return `{\n  "source": "chinese-days",\n  "plans": [\n${rows.map((row) => `    ${JSON.stringify(row)}`).join(',\n')}\n  ]\n}\n`;
}

function published(): PlanRow[] {
  const plans = new Map<number, PlanRow>();
  const add = (days: Record<string, string>, slot: 2 | 3): void => {
    for (const date of Object.keys(days).toSorted()) {
      const name = days[date]!.split(',')[1]!;
      const year = planYear(date);
      const row: PlanRow = plans.get(year) ?? [year, 'published', {}, {}];
      (row[slot][name] ??= []).push(date);
      plans.set(year, row);
    }
  };
  add(data.holidays, 2);
  add(data.workdays, 3);
  return [...plans.values()].toSorted((a, b) => a[0] - b[0]);
}

/** New Year days in December belong to the plan of the year they celebrate. */
function planYear(date: string): number {
  const year = Number(date.slice(0, 4));
  return date.slice(5, 7) === '12' ? year + 1 : year;
}

/** The package reads UTC dates through local getters: only in UTC does it answer the right day. */
function inUtc<T>(work: () => T): T {
  const zone = process.env.TZ;
  process.env.TZ = 'UTC';
  try {
    return work();
  } finally {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  }
}

function provisional(): PlanRow {
  const year = published().at(-1)![0] + 1;
  const lunar = (monthDay: string): string => chineseDays.getSolarDateFromLunar(`${year}-${monthDay}`).date;
  const newYear = lunar('01-01');
  const off: NamedDays = {
    元旦: [`${year}-01-01`],
    春节: [-1, 0, 1, 2].map((days) => shift(newYear, days)),
    清明: [chineseDays.getSolarTermDate(year, 4, 'pure_brightness')],
    劳动节: [`${year}-05-01`, `${year}-05-02`],
    端午: [lunar('05-05')],
    中秋: [lunar('08-15')],
    国庆节: [`${year}-10-01`, `${year}-10-02`, `${year}-10-03`],
  };
  return [year, 'provisional', off, {}];
}

const shift = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

if (import.meta.main) writeFileSync(target, render());
