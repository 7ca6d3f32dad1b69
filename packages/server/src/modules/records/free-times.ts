/** Other times where one is taken: what a busy expert has left that day (SD3u-18). Pure. */
const dayMs = 86_400_000;
const zoneMs = 8 * 3_600_000;
const dayOf = (at: number) => Math.floor((at + zoneMs) / dayMs);
/** How many are told. */
const most = 3;

/**
 * The nearest instants of the same local day, whole steps of `by` away from `at`, that lie ahead, are open and keep
 * `by` from everything taken; in the order of the clock.
 */
export const freeTimes = ({
  at,
  by,
  taken,
  now,
  isOpen,
}: {
  at: number;
  by: number;
  taken: readonly number[];
  now: number;
  isOpen: (at: number) => boolean;
}): number[] =>
  Array.from({ length: Math.ceil(dayMs / by) }, (_, i) => i + 1)
    .flatMap((steps) => [at + steps * by, at - steps * by])
    .filter((one) => dayOf(one) === dayOf(at) && one > now && isOpen(one))
    .filter((one) => taken.every((other) => Math.abs(other - one) >= by))
    .slice(0, most)
    .toSorted((a, b) => a - b);

/** `15:00` of an instant in the centre's zone. */
export const clockOf = (at: number): string => new Date(at + zoneMs).toISOString().slice(11, 16);
/** Nine to six in the centre's zone. */
export const inUsualHours = (at: number): boolean => {
  const clock = clockOf(at);
  return clock >= '09:00' && clock < '18:00';
};
