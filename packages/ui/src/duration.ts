/** Words for spans of time, for people in a hurry: at most two units, digits that do not jump. */

export type DurationWords = { day: string; hour: string; minute: string };

/**
 * `ms` ≥ 0 as `mm:ss` below one hour, `h:mm:ss` below one day, `3 天 4 小时` above.
 * Words come from the caller's catalogue.
 */
export function clockText(ms: number, words: DurationWords): string {
  const total = Math.floor(Math.max(0, ms) / 1000);
  const days = Math.floor(total / 86_400);
  const hours = Math.floor((total % 86_400) / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  const pad = (n: number) => String(n).padStart(2, '0');
  if (days > 0) return hours > 0 ? `${days} ${words.day} ${hours} ${words.hour}` : `${days} ${words.day}`;
  if (hours > 0) return `${hours}:${pad(minutes)}:${pad(total % 60)}`;
  return `${pad(minutes)}:${pad(total % 60)}`;
}

export type ClockTone = 'ok' | 'warn' | 'late' | 'paused' | 'none';
export type ClockState = 'running' | 'paused' | 'met' | 'breached' | 'cancelled';

/** The colour a clock has now. Instants are epoch ms. A late clock is late at its second, not when the server says so. */
export function clockTone(
  clock: { dueAt: number | null; warnAt?: number | null; state?: ClockState },
  now: number,
): ClockTone {
  if (clock.state === 'paused') return 'paused';
  if (clock.dueAt === null || clock.state === 'met' || clock.state === 'cancelled') return 'none';
  if (clock.state === 'breached' || clock.dueAt <= now) return 'late';
  if (clock.warnAt != null && clock.warnAt <= now) return 'warn';
  return 'ok';
}
