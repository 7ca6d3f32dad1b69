/** How long records are kept, pure. */
import type { SettingValue } from '#contracts/routes/settings.ts';
import type { recordTypes } from '#contracts/routes/retention.ts';

export type RecordType = (typeof recordTypes)[number];
export const leastYears = 3;

/** Never less than the law and the centre's own promise, whatever is said for a type. */
export const yearsOf = (
  type: RecordType,
  { years }: SettingValue<'retention'>,
  { retentionYears }: SettingValue<'centre'>,
): number => Math.max(leastYears, retentionYears, years[type] ?? leastYears);

/** The same day so many years later; from 29 February it is 1 March, never a day too early. */
export const plusYears = (instant: number, years: number): number => {
  const day = new Date(instant);
  day.setUTCFullYear(day.getUTCFullYear() + years);
  return day.getTime();
};

/** What ended at or before this instant has been kept long enough; on 29 February the day before counts, as a year without it has none. */
export const cutoff = (now: number, years: number): number => {
  const day = new Date(plusYears(now, -years));
  if (day.getUTCDate() !== new Date(now).getUTCDate()) day.setUTCDate(0);
  return day.getTime();
};

/** The next 3:00 in the morning of the centre's zone: nobody waits for the database then. */
export const nextNight = (now: number): number => {
  const hour = 3_600_000;
  const shifted = now + 8 * hour;
  const three = Math.floor(shifted / (24 * hour)) * 24 * hour + 3 * hour;
  return (three > shifted ? three : three + 24 * hour) - 8 * hour;
};
