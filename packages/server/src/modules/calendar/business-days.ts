/** How many business days lie between two instants: business minutes over the calendar's own day. */
import type { Centre } from '#kernel/centre.ts';
import { calendarBook } from './book.ts';
import { businessMinutesBetween } from './rules.ts';

/** Fractional; `calendarId` null is the standard calendar. */
export const businessDaysBetween = async (centre: Centre, calendarId: string | null, from: number, to: number): Promise<number> => {
  const calendar = (await calendarBook(centre)).of(calendarId);
  return businessMinutesBetween(calendar, from, to) / calendar.minutesPerBusinessDay;
};
