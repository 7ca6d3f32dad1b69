/** Stretches and moments of the calendar in the centre's zone, pure: hour, day, week (from Monday), month, quarter, year. */
import type { Pack } from '#contracts/pack.ts';

/** The centre's zone is UTC+8 all year; its parts are read off a shifted UTC date. */
const shiftMs = 8 * 3_600_000;
const dayMs = 86_400_000;
const local = (at: number) => new Date(at + shiftMs);
const fromLocal = (year: number, month: number, day: number, hour = 0, minute = 0) =>
  Date.UTC(year, month, day, hour, minute) - shiftMs;

export type Stretch = 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';

/** Where the stretch that holds an instant begins. */
export const beginOf = (stretch: Stretch, at: number): number => {
  const date = local(at);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  switch (stretch) {
    case 'hour':
      return fromLocal(year, month, day, date.getUTCHours());
    case 'day':
      return fromLocal(year, month, day);
    case 'week':
      return fromLocal(year, month, day) - ((date.getUTCDay() + 6) % 7) * dayMs;
    case 'month':
      return fromLocal(year, month, 1);
    case 'quarter':
      return fromLocal(year, month - (month % 3), 1);
    case 'year':
      return fromLocal(year, 0, 1);
  }
};
export const nextBegin = (stretch: Stretch, at: number): number => {
  const longest: Record<Stretch, number> = {
    hour: 1 / 24,
    day: 1,
    week: 7,
    month: 32,
    quarter: 93,
    year: 367,
  };
  return beginOf(
    stretch,
    beginOf(stretch, at) + longest[stretch] * dayMs + 3_600_000 * (stretch === 'hour' ? 0 : 1),
  );
};

/** From and to of what a step looks at; without `over` everything up to now. */
export const spanOf = (
  over: { last?: Stretch; this?: Stretch; back?: number } | undefined,
  now: number,
): [from: number, to: number] => {
  if (over?.last) {
    let to = beginOf(over.last, now);
    for (let i = over.back ?? 0; i > 0; i--) to = beginOf(over.last, to - 1);
    return [beginOf(over.last, to - 1), to];
  }
  if (over?.this) return [beginOf(over.this, now), now + 1];
  return [-8.64e15, now + 1];
};

type Every = NonNullable<Pack['every']>[number];
/** The instant within the stretch that begins at `begin`. */
const momentIn = ({ each, at, on = 1 }: Every, begin: number): number => {
  const [hour, minute] = at.split(':').map(Number) as [number, number];
  if (each === 'hour') return begin + minute * 60_000;
  const inDay = (hour * 60 + minute) * 60_000;
  if (each === 'day') return begin + inDay;
  const days = Math.round((nextBegin(each, begin) - begin) / dayMs);
  return begin + (on === -1 ? days - 1 : Math.min(on, days) - 1) * dayMs + inDay;
};

/** The first moment after an instant. Whether its day is a working day is asked on the day: the table of holidays may come any time. */
export const nextMoment = (every: Every, after: number): number => {
  let begin = beginOf(every.each, after);
  for (let tries = 0; tries < 400 * (every.each === 'hour' ? 24 : 1); tries++) {
    const at = momentIn(every, begin);
    const hour = local(at).getUTCHours();
    const [from, to] = every.between ?? [0, 24];
    if (
      at > after &&
      hour >= from &&
      (every.each !== 'hour' || hour < to || (hour === to && every.at.endsWith(':00')))
    )
      return at;
    begin = nextBegin(every.each, begin);
  }
  throw new Error(`no moment comes for every ${every.each} at ${every.at}`);
};
