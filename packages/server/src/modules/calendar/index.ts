/** The door of calendar: working time, statutory days, and the words of a due instant. */
import type { Part } from '#kernel/centre.ts';
import { calendarRoutes } from './routes.ts';

export {
  add,
  addBusinessMinutes,
  addWall,
  addWallTraced,
  businessMinutesBetween,
  compile,
  dayList,
  isOpen,
  measure,
  minutesOf,
  nextOpening,
  validate,
  wallMinutesBetween,
  yearStatus,
} from './rules.ts';
export type {
  Amount,
  CalendarSpec,
  CompiledCalendar,
  DayItem,
  Due,
  HolidayPlan,
  Pause,
  PlanDay,
  Refusal,
  Span,
  SpecDay,
  SpecFault,
  TraceStep,
  YearStatus,
} from './rules.ts';
export { explain, lengthText } from './explain.ts';
export { faultTexts } from './texts.ts';
export { holidaysCn, importHolidayCn, withPlan } from './holidays.ts';
export type { Imported, ImportFault } from './holidays.ts';
export { calendarPreset, calendarPresets } from './presets.ts';
export type { CalendarPreset } from './presets.ts';
export { hoursText } from './hours.ts';
export { localTimeAfter } from './zone.ts';
export { businessDaysAfter, businessDaysBetween, calendarState } from './state.ts';
export type { CalendarState } from './state.ts';
export { bookKeptMs, calendarBook, forgetBook } from './book.ts';
export type { CalendarBook } from './book.ts';
export { installCalendars } from './install.ts';
export { changeCalendar, createCalendar, deleteCalendar } from './commands/write.ts';
export { importHolidays } from './commands/import.ts';
export { calendarIdByKey } from './store.ts';

export const calendar: Part = {
  name: 'calendar',
  routes: calendarRoutes,
  subjects: { calendar: { permission: 'settings.read' } },
};
