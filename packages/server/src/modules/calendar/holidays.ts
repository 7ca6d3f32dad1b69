/** The holiday plans of the mainland: those shipped with the product, and the reader of holiday-cn's files. */
import shipped from './holidays-cn.json' with { type: 'json' };
import { dayNumberOf, yearOf, isDecember } from './dates.ts';
import type { HolidayPlan, PlanDay } from './spec.ts';

/** Plans from 2004 on as the State Council published them; the year after the last one is provisional. */
export const holidaysCn: readonly HolidayPlan[] = (shipped.plans as unknown as PlanRow[]).map(
  ([year, status, off, work]) => ({
    year,
    status,
    days: [...planDays(off, 'off'), ...planDays(work, 'work')],
  }),
);

export type ImportFault = {
  pointer: string;
  code: 'NOT_HOLIDAY_CN' | 'DATE_INVALID' | 'DATE_TWICE' | 'DATE_OUTSIDE_PLAN';
};
export type Imported = { plan: HolidayPlan } | { faults: ImportFault[] };

type NamedDays = Record<string, string[]>;
type PlanRow = [year: number, status: HolidayPlan['status'], off: NamedDays, work: NamedDays];

function planDays(named: NamedDays, kind: PlanDay['kind']): PlanDay[] {
  return Object.entries(named).flatMap(([name, dates]) => dates.map((date) => ({ date, kind, name })));
}

/**
 * Reads one year's file of holiday-cn, `{year, papers[], days[{name, date, isOffDay}]}`.
 * With an empty list of papers nothing has been published: the plan is provisional, or missing without days.
 */
export function importHolidayCn(json: unknown): Imported {
  if (!isHolidayCn(json)) return { faults: [{ pointer: '', code: 'NOT_HOLIDAY_CN' }] };
  const faults: ImportFault[] = [];
  const days: PlanDay[] = [];
  const seen = new Set<string>();
  for (const [index, { name, date, isOffDay }] of json.days.entries()) {
    const pointer = `/days/${index}/date`;
    const day = dayNumberOf(date);
    if (day === null) faults.push({ pointer, code: 'DATE_INVALID' });
    else if (yearOf(day) !== json.year && !(yearOf(day) === json.year - 1 && isDecember(day)))
      faults.push({ pointer, code: 'DATE_OUTSIDE_PLAN' });
    if (seen.has(date)) faults.push({ pointer, code: 'DATE_TWICE' });
    seen.add(date);
    days.push({ date, kind: isOffDay ? 'off' : 'work', name });
  }
  if (faults.length > 0) return { faults };
  const source = json.papers?.[0];
  // holiday-cn lists no papers until the notice is out; a file without the list is taken at its word.
  const said = source !== undefined || (json.papers === undefined && days.length > 0);
  const status = said ? 'published' : days.length > 0 ? 'provisional' : 'missing';
  return { plan: { year: json.year, status, ...(source === undefined ? {} : { source }), days } };
}

/** The plans with one year's plan replaced or added, by year. */
export const withPlan = (plans: readonly HolidayPlan[], plan: HolidayPlan): HolidayPlan[] =>
  [...plans.filter(({ year }) => year !== plan.year), plan].toSorted((a, b) => a.year - b.year);

type HolidayCn = {
  year: number;
  papers?: string[];
  days: { name: string; date: string; isOffDay: boolean }[];
};

function isHolidayCn(json: unknown): json is HolidayCn {
  if (typeof json !== 'object' || json === null) return false;
  const { year, papers, days } = json as Record<string, unknown>;
  if (!Number.isInteger(year) || (year as number) < 1949 || (year as number) > 2400) return false;
  const isPapers = Array.isArray(papers) && papers.every((paper) => typeof paper === 'string');
  if (papers !== undefined && !isPapers) return false;
  return Array.isArray(days) && days.every(isHolidayCnDay);
}

function isHolidayCnDay(day: unknown): boolean {
  if (typeof day !== 'object' || day === null) return false;
  const { name, date, isOffDay } = day as Record<string, unknown>;
  return typeof name === 'string' && typeof date === 'string' && typeof isOffDay === 'boolean';
}
