/** C5: progress told at a time of day. */
import { localTimeAfter } from '#modules/calendar/index.ts';

/** An hour of air, or a ticket opened at 16:59 would owe its first progress at 17:00. */
const atLeastMs = 3_600_000;

/** Minutes of real time from an instant to the next `HH:MM` of the zone that is at least an hour away. */
export const dailyMinutes = (from: number, dailyAt: string, zone: string): number =>
  (localTimeAfter(zone, from + atLeastMs, dailyAt) - from) / 60_000;
