/** Periods, and the list behind a figure, pure. */
import { figureOf, type FigureKey, type FigureUnit, type TicketMark } from '#contracts/figures.ts';

export const tabs = ['figures', 'goals', 'people', 'attendance', 'hours', 'ratings', 'wording'] as const;
export const spans = [3, 6, 12] as const;
export type FiguresSearch = {
  tab?: (typeof tabs)[number];
  /** So many months up to this one. */
  months?: (typeof spans)[number];
  groupId?: string;
};

const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
export function readFiguresSearch(search: Record<string, unknown>): FiguresSearch {
  const found: FiguresSearch = {
    tab: tabs.find((one) => one === search.tab),
    months: spans.find((one) => one === Number(search.months)),
    groupId: id.test(String(search.groupId)) ? String(search.groupId) : undefined,
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

/** `2026-11` of an instant, in the centre's zone. */
export const monthOf = (now: number): string => new Date(now + 8 * 3_600_000).toISOString().slice(0, 7);
/** The month so many months later (earlier with a negative number). */
export const monthAfter = (month: string, by: number): string => {
  const [year, number] = month.split('-').map(Number) as [number, number];
  const at = year * 12 + number - 1 + by;
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
};
/** A quarter that lies ahead has nothing to review. */
export const begun = (quarter: string, month: string): boolean => {
  const [year, number] = quarter.split('Q').map(Number) as [number, number];
  return `${year}-${String(number * 3 - 2).padStart(2, '0')}` <= month;
};
/** The last so many months, both ends included. */
export const periodOf = (now: number, months: number) => ({
  from: monthAfter(monthOf(now), 1 - months),
  to: monthOf(now),
});

/** The first instant of the months and the first after them, in the centre's zone. */
export const edgesOf = ({ from, to }: { from: string; to: string }) => ({
  from: `${from}-01T00:00:00+08:00`,
  to: `${monthAfter(to, 1)}-01T00:00:00+08:00`,
});

/** The tickets a figure counts, or those of them that hit; null where it counts no tickets. */
export function listBehind(
  key: FigureKey,
  part: 'of' | 'hit',
  { from, to, groupId }: { from: string; to: string; groupId?: string },
) {
  const mark: TicketMark | undefined = figureOf(key)[part];
  return mark ? { view: 'all' as const, from, to, groupId, mark } : null;
}

/** A line through the values that exist, in a box of 100 × 28; a month without a value is a gap. */
export function lineOf(values: ReadonlyArray<number | null>): {
  path: string;
  last: [number, number] | null;
} {
  const known = values.filter((value) => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const x = (i: number) => (values.length < 2 ? 50 : (i / (values.length - 1)) * 96 + 2);
  const y = (value: number) => (high === low ? 14 : 25 - ((value - low) / (high - low)) * 22);
  let pen = 'M';
  let last: [number, number] | null = null;
  const path = values
    .map((value, i) => {
      if (value === null) {
        pen = 'M';
        return '';
      }
      last = [x(i), y(value)];
      const step = `${pen}${last[0].toFixed(1)} ${last[1].toFixed(1)}`;
      pen = 'L';
      return step;
    })
    .join('');
  return { path, last };
}

/** A value in the unit people say it in: less than a minute is told in whole seconds. */
export const readable = (unit: FigureUnit, value: number): { unit: FigureUnit | 'seconds'; value: number } =>
  unit === 'minutes' && value > 0 && value < 1
    ? { unit: 'seconds', value: Math.round(value * 60) }
    : { unit, value };
