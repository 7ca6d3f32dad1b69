/** Stretches of time in which a clock stands still. */

/** A pause `[from, to)` in epoch ms. */
export type Pause = { from: number; to: number };

/** Counts something between two instants, for example open milliseconds. */
export type Count = (from: number, to: number) => number;

/** Pauses in order, joined where they touch or overlap, cut to the time from `from` on; those from `until` on left out. */
export function merged(pauses: readonly Pause[], from: number, until = Infinity): Pause[] {
  const result: Pause[] = [];
  for (const pause of pauses.toSorted((a, b) => a.from - b.from)) {
    const cut = { from: Math.max(pause.from, from), to: Math.min(pause.to, until) };
    if (cut.from >= cut.to) continue;
    const last = result.at(-1);
    if (last && cut.from <= last.to) last.to = Math.max(last.to, cut.to);
    else result.push(cut);
  }
  return result;
}

/** What `count` counts from an instant to a later one, without the paused stretches; 0 when `to` is not later. */
export function countBetween(
  from: number,
  to: number,
  pauses: readonly Pause[] | undefined,
  count: Count,
): number {
  if (to <= from) return 0;
  let total = count(from, to);
  for (const pause of merged(pauses ?? [], from, to)) total -= count(pause.from, pause.to);
  return total;
}
