/** When a survey goes out, and what an answer is worth. Pure. */
import type { SettingValue } from '#contracts/routes/settings.ts';

/** SD1-33: never later than this after solving. */
export const latestMs = 7_200_000;
const zoneMs = 8 * 3_600_000;
const dayMs = 86_400_000;
const minuteMs = 60_000;

const minutesOf = (clock: string): number | null => {
  const found = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(clock);
  return found ? Number(found[1]) * 60 + Number(found[2]) : null;
};

/** The end of the quiet time that an instant falls into, or null. Shanghai has no clock changes. */
const quietEnd = (at: number, from: string, to: string): number | null => {
  const [start, end] = [minutesOf(from), minutesOf(to)];
  if (start === null || end === null || start === end) return null;
  const midnight = Math.floor((at + zoneMs) / dayMs) * dayMs - zoneMs;
  const minute = (at - midnight) / minuteMs;
  const overnight = start > end;
  if (overnight ? minute >= start : minute >= start && minute < end)
    return midnight + end * minuteMs + (overnight ? dayMs : 0);
  return overnight && minute < end ? midnight + end * minuteMs : null;
};

/** Solved + delay; quiet hours move it to their end, but never beyond two hours after solving. */
export const plannedAt = (
  solvedAt: number,
  {
    delayMinutes,
    quietFrom,
    quietTo,
  }: Pick<SettingValue<'survey'>, 'delayMinutes' | 'quietFrom' | 'quietTo'>,
): number => {
  const wished = solvedAt + delayMinutes * minuteMs;
  return Math.min(quietEnd(wished, quietFrom, quietTo) ?? wished, solvedAt + latestMs);
};

export type Answer = {
  efficiency: number;
  attitude: number;
  effectiveness: number;
  overall?: number;
  comment?: string;
};

/** The overall score, or the mean of the three dimensions (SD1-34). 1–5. */
export const overallOf = ({ efficiency, attitude, effectiveness, overall }: Answer): number =>
  overall ?? (efficiency + attitude + effectiveness) / 3;
/** C11: 1–5 becomes 0–100 as the centre's map says: 4 is 75 (`spread`) or 80 (`fifths`). What was given before keeps its value. */
export const csatOf = (overall: number, scale: SettingValue<'survey'>['scale']): number =>
  Math.round((scale === 'fifths' ? overall * 20 : (overall - 1) * 25) * 10) / 10;
