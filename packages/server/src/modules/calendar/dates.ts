/** Plain dates (`YYYY-MM-DD`) as day numbers since 1970-01-01: no zone, no Date parsing, plain integers. */

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

export const dayMs = 86_400_000;
export const minuteMs = 60_000;

/** Day number of a plain date, or null when there is no such date (2026-02-29, 26-1-1, 2026-13-01). */
export function dayNumberOf(date: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return null;
  const day = Date.UTC(+date.slice(0, 4), +date.slice(5, 7) - 1, +date.slice(8, 10)) / dayMs;
  return dateOf(day) === date ? day : null;
}

export const dateOf = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);
export const yearOf = (day: number): number => new Date(day * dayMs).getUTCFullYear();
export const firstDayOf = (year: number): number => Date.UTC(year, 0, 1) / dayMs;
/** 1970-01-01 was a Thursday, hence the 3. */
export const weekdayOf = (day: number): Weekday => weekdays[(((day + 3) % 7) + 7) % 7]!;
export const isDecember = (day: number): boolean => new Date(day * dayMs).getUTCMonth() === 11;

/** Minutes since midnight of `HH:MM` up to `24:00`, or null. */
export function minuteOfDay(time: string): number | null {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time);
  if (match) return Number(match[1]) * 60 + Number(match[2]);
  return time === '24:00' ? 1440 : null;
}
