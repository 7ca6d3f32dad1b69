/** The calendars as the clock engine counts with them. */
import {
  add,
  addBusinessMinutes,
  addWall,
  addWallTraced,
  businessMinutesBetween,
  wallMinutesBetween,
} from '#modules/calendar/index.ts';
import type { CompiledCalendar } from '#modules/calendar/index.ts';
import { targetOf, defaultWarnAt } from '#modules/policies/index.ts';
import type { Policy } from '#modules/policies/index.ts';
import type { Arithmetic, Clock, Terms } from './rules.ts';

/**
 * `calendarOf` finds a compiled calendar by id, the centre's default for null. Without `traced` a clock does not
 * carry its reasoning along: it is told from the calendar when somebody asks.
 */
export function arithmeticOf(
  calendarOf: (id: string | null) => CompiledCalendar,
  { traced = true } = {},
): Arithmetic {
  const calendar = ({ calendarId }: Clock): CompiledCalendar => calendarOf(calendarId);
  return {
    after: (clock, from, minutes, pauses) =>
      clock.unit === 'wall'
        ? addWall(from, minutes, pauses)
        : addBusinessMinutes(calendar(clock), from, minutes, pauses),
    between: (clock, from, to) =>
      clock.unit === 'wall'
        ? wallMinutesBetween(from, to)
        : businessMinutesBetween(calendar(clock), from, to),
    trace: (clock, from, minutes, pauses) => {
      if (!traced) return [];
      const cal = calendar(clock);
      const due =
        clock.unit === 'wall'
          ? addWallTraced(cal.zone, from, minutes, pauses)
          : add(cal, from, { minutes }, pauses);
      return 'trace' in due ? due.trace : [];
    },
  };
}

/** What a policy row asks of a clock that runs on a calendar. */
export function termsOf(
  policy: Policy,
  policyVersion: number,
  calendarId: string | null,
  minutesPerBusinessDay: number,
): Terms {
  const target = targetOf(policy, minutesPerBusinessDay);
  return {
    unit: target?.unit ?? (policy.unit === 'wall' ? 'wall' : 'business'),
    calendarId,
    policyId: policy.id,
    policyVersion,
    targetMinutes: target?.minutes ?? null,
    warnFraction: policy.warnAt ?? defaultWarnAt,
    ladder: policy.ladder ?? [],
  };
}
