/**
 * B8 calendar: due-time arithmetic over holidays, lunch and pauses, per second on one core.
 * The limit of the same run is a plain loop over the same integers that does no calendar at all.
 */
import {
  addBusinessMinutes,
  businessMinutesBetween,
  calendarPreset,
  compile,
  holidaysCn,
} from '#modules/calendar/index.ts';

export type Figure = {
  workload: string;
  figure: number;
  limit: number;
  ratio: number;
  unit: string;
  detail: Record<string, number>;
};

const minute = 60_000;

/** Runs the workload with a fixed seed; `count` computations of each kind. */
export function run({ count = 2_000_000, seed = 1 }: { count?: number; seed?: number } = {}): Figure {
  const cal = compile(calendarPreset('workday_lunch'), holidaysCn);
  const from = new Float64Array(count);
  const minutes = new Float64Array(count);
  const next = randomOf(seed);
  const begin = Date.UTC(2024, 0, 1);
  for (let i = 0; i < count; i++) {
    from[i] = begin + Math.floor(next() * 3 * 365 * 1440) * minute;
    minutes[i] = 1 + Math.floor(next() * 5 * 480);
  }
  const compileMs = timed(() => addBusinessMinutes(compile(cal.spec, holidaysCn), begin, 1)).ms;
  addBusinessMinutes(cal, begin + 4 * 365 * 1440 * minute, 1);

  const limit = perSecond(count, (i) => from[i]! + minutes[i]! * minute);
  const add = perSecond(count, (i) => addBusinessMinutes(cal, from[i]!, minutes[i]!));
  const between = perSecond(count, (i) =>
    businessMinutesBetween(cal, from[i]!, from[i]! + minutes[i]! * minute * 3),
  );
  const paused = perSecond(count / 4, (i) =>
    addBusinessMinutes(cal, from[i]!, minutes[i]!, [
      { from: from[i]! + 60 * minute, to: from[i]! + 600 * minute },
    ]),
  );
  return {
    workload: 'B8 calendar',
    figure: Math.round(add),
    limit: Math.round(limit),
    ratio: add / limit,
    unit: 'due instants/s',
    detail: {
      betweenPerSecond: Math.round(between),
      pausedPerSecond: Math.round(paused),
      compileMs: Math.round(compileMs * 10) / 10,
    },
  };
}

function perSecond(count: number, compute: (i: number) => number): number {
  let sum = 0;
  const { ms } = timed(() => {
    for (let i = 0; i < count; i++) sum += compute(i);
  });
  if (!Number.isFinite(sum)) throw new Error('the arithmetic left the line of time');
  return (count / ms) * 1000;
}

function timed(work: () => void): { ms: number } {
  const begin = performance.now();
  work();
  return { ms: performance.now() - begin };
}

/** A small seeded generator (mulberry32), so that every run computes the same cases. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

if (import.meta.main) console.log(JSON.stringify(run()));
