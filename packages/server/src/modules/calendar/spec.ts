/** The shapes of a calendar as a manager writes it, and of the holiday plan of a year. */
import type { Weekday } from './dates.ts';

/** `["09:00","12:00"]`; an end before the start crosses midnight and belongs to the day it starts on. */
export type Span = readonly [start: string, end: string];

/** A dated exception. `work` uses its own spans, else the pattern of a weekday, else the calendar's make-up pattern. */
export type SpecDay = {
  date: string;
  kind: 'work' | 'off';
  name?: string;
  spans?: Span[];
  pattern?: Weekday;
};

export type CalendarSpec = {
  id?: string;
  name: string;
  /** Its English name; empty or left out where nobody has said it. */
  nameEn?: string;
  /** IANA zone, for example Asia/Shanghai. */
  zone: string;
  /** `CN`: the State Council's holiday plan applies; null: only the days written here. */
  statutory: 'CN' | null;
  /** A weekday left out is closed. */
  week: Partial<Record<Weekday, Span[]>>;
  days: SpecDay[];
  /** Business minutes of one business day; by default the longest weekly day. */
  minutesPerBusinessDay?: number;
  /** Weekday whose hours a statutory make-up day takes; Monday by default. */
  makeUpPattern?: Weekday;
};

export type YearStatus = 'published' | 'provisional' | 'missing';
export type PlanDay = { date: string; kind: 'work' | 'off'; name: string };

/** The holiday plan of a year; it may also rule the last days of the December before. */
export type HolidayPlan = { year: number; status: YearStatus; source?: string; days: PlanDay[] };

/** A fault in a calendar: where it is, a stable code, and the key of its text in `texts.ts`. */
export type SpecFault = { pointer: string; code: SpecFaultCode; message: `calendar.fault.${SpecFaultCode}` };

export type SpecFaultCode =
  | 'NAME_EMPTY'
  | 'ZONE_UNKNOWN'
  | 'STATUTORY_UNKNOWN'
  | 'WEEKDAY_UNKNOWN'
  | 'WEEK_EMPTY'
  | 'TIME_INVALID'
  | 'SPAN_EMPTY'
  | 'SPANS_OVERLAP'
  | 'DATE_INVALID'
  | 'DATE_TWICE'
  | 'DAY_KIND_UNKNOWN'
  | 'OFF_DAY_WITH_SPANS'
  | 'WORK_DAY_EMPTY'
  | 'BUSINESS_DAY_NOT_POSITIVE';
