/** Lengths of promises as people write them; the server keeps minutes, or days when working days are counted. */
export const spans = ['seconds', 'minutes', 'hours'] as const;
export type Span = (typeof spans)[number];
const minutesIn: Record<Span, number> = { seconds: 1 / 60, minutes: 1, hours: 60 };

/** The largest unit in which the length is a whole number. */
export function lengthOf(minutes: number): { amount: number; span: Span } {
  const rounded = (n: number) => Math.round(n * 1000) / 1000;
  if (minutes >= 60 && minutes % 60 === 0) return { amount: minutes / 60, span: 'hours' };
  if (Number.isInteger(minutes)) return { amount: minutes, span: 'minutes' };
  return { amount: rounded(minutes * 60), span: 'seconds' };
}

export const minutesOf = (amount: number, span: Span): number => amount * minutesIn[span];
