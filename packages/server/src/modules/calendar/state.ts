/** Whether somebody serves now, and when again. */
import type { Centre } from '#kernel/centre.ts';
import { calendarBook } from './book.ts';
import { hoursText } from './hours.ts';
import { addBusinessMinutes, businessMinutesBetween, isOpen, nextOpening } from './rules.ts';
import { hourTexts } from './texts.ts';

export type CalendarState = {
  open: boolean;
  /** Epoch ms of the next opening; null while open. */
  nextOpening: number | null;
  /** 「工作日 9:00–18:00」. */
  hours: string;
  hoursEn: string;
};

/** State of a calendar at an instant; null is 24×7. */
export const calendarState = async (
  centre: Centre,
  calendarId: string | null,
  now: number,
): Promise<CalendarState> => {
  if (calendarId === null)
    return { open: true, nextOpening: null, hours: hourTexts['zh-CN'].always, hoursEn: hourTexts.en.always };
  const calendar = (await calendarBook(centre.db)).of(calendarId);
  const open = isOpen(calendar, now);
  return {
    open,
    nextOpening: open ? null : nextOpening(calendar, now),
    hours: hoursText(calendar.spec, 'zh-CN'),
    hoursEn: hoursText(calendar.spec, 'en'),
  };
};

/** Working days between two instants by a calendar, the standard one for null; a part of a day is a part. */
export const businessDaysBetween = async (
  centre: Centre,
  calendarId: string | null,
  from: number,
  to: number,
): Promise<number> => {
  const calendar = (await calendarBook(centre.db)).of(calendarId);
  return businessMinutesBetween(calendar, from, to) / calendar.minutesPerBusinessDay;
};

/** The instant that many working days later by a calendar, the standard one for null; up to a whole minute. */
export const businessDaysAfter = async (
  centre: Centre,
  calendarId: string | null,
  from: number,
  days: number,
): Promise<number> => {
  if (days <= 0) return from;
  const calendar = (await calendarBook(centre.db)).of(calendarId);
  return addBusinessMinutes(calendar, from, Math.ceil(days * calendar.minutesPerBusinessDay));
};
