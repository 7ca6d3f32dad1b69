/** Months and quarters of the centre's zone, and the parts of a scorecard, pure. */
import type { ScorecardPart } from '#contracts/figures.ts';

/** The first instant of a month in Shanghai, which has had no clock changes since 1991. */
export const startOf = (month: string): Date => new Date(`${month}-01T00:00:00+08:00`);
export const nextMonth = (month: string): string => {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
};
/** From and to included. */
export const monthsOf = (from: string, to: string): string[] => {
  const months: string[] = [];
  for (let month = from; month <= to; month = nextMonth(month)) months.push(month);
  return months;
};
/** `2026Q3` → July to September. */
export const quarterMonths = (quarter: string): { from: string; to: string } => {
  const [year, number] = quarter.split('Q').map(Number) as [number, number];
  const month = (n: number) => `${year}-${String(n).padStart(2, '0')}`;
  return { from: month(number * 3 - 2), to: month(number * 3) };
};
export const quarterOf = (month: string): string => {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return `${year}Q${Math.ceil(number / 3)}`;
};
export const quartersOf = (from: string, to: string): string[] => [
  ...new Set(monthsOf(from, to).map(quarterOf)),
];

const most = (value: number) => Math.max(0, Math.min(100, value));
/**
 * What was counted of a person, on 0–100. Volume is measured against the busiest of those compared; a first response
 * of one minute is full, each further minute costs ten points; shares and ratings are what they are.
 */
export const pointsOf = (
  facts: Record<ScorecardPart, number | null>,
  busiest: number,
): Record<ScorecardPart, number | null> => ({
  ...facts,
  volume: busiest === 0 ? null : most(((facts.volume ?? 0) / busiest) * 100),
  firstResponseTime:
    facts.firstResponseTime === null ? null : most(100 - Math.max(0, facts.firstResponseTime - 1) * 10),
});
