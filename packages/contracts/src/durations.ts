/**
 * Lengths of time as process people write them: `30s` `15m` `24h` `7d` by the clock, `3bd` working days, `4bh` and
 * `90bm` working hours and minutes of the calendar that applies.
 */
export type Duration = { amount: number; unit: 's' | 'm' | 'h' | 'd' | 'bm' | 'bh' | 'bd' };

const shape = /^(\d+(?:\.\d+)?)(s|m|h|d|bm|bh|bd)$/;
export const durationPattern = shape.source;
/** A time of day, `08:30`. */
export const clockPattern = '^([01]\\d|2[0-3]):[0-5]\\d$';

/** The length, or undefined when it is not written in this form or not above zero. */
export const readDuration = (text: string): Duration | undefined => {
  const [, amount, unit] = shape.exec(text.trim()) ?? [];
  return amount && Number(amount) > 0
    ? { amount: Number(amount), unit: unit as Duration['unit'] }
    : undefined;
};

const perUnit: Record<Duration['unit'], number> = { s: 1 / 60, m: 1, h: 60, d: 1440, bm: 1, bh: 60, bd: 1 };

/** How the clock engine counts it: minutes by the clock or of working time, or working days. */
export const countedAs = ({
  amount,
  unit,
}: Duration): { unit: 'wall' | 'business' | 'businessDays'; value: number } => ({
  unit: unit === 'bd' ? 'businessDays' : unit.startsWith('b') ? 'business' : 'wall',
  value: amount * perUnit[unit],
});

/** Milliseconds of a length by the clock; working time has none without a calendar. */
export const wallMs = (duration: Duration): number | undefined =>
  duration.unit.startsWith('b') ? undefined : duration.amount * perUnit[duration.unit] * 60_000;

const words: Record<Duration['unit'], { zh: string; en: string }> = {
  s: { zh: '秒', en: 'seconds' },
  m: { zh: '分钟', en: 'minutes' },
  h: { zh: '小时', en: 'hours' },
  d: { zh: '天', en: 'days' },
  bm: { zh: '工作分钟', en: 'working minutes' },
  bh: { zh: '工作小时', en: 'working hours' },
  bd: { zh: '个工作日', en: 'working days' },
};
export const sayDuration = (text: string, locale: 'zh' | 'en'): string => {
  const duration = readDuration(text);
  if (!duration) return text;
  const word = words[duration.unit][locale];
  return `${duration.amount} ${locale === 'en' && duration.amount === 1 ? word.replace(/s$/, '') : word}`;
};
