/** The only source of "now". Business code is handed instants (epoch ms); nothing else reads the hour. */
export type Clock = {
  now(): number;
  /** Calls back at or after `at`; returns a canceller. */
  wake(at: number, callback: () => void): () => void;
};

/** setTimeout cannot wait longer than 2^31 − 1 ms; a wake beyond a day is re-armed daily. */
const longestWait = 86_400_000;

export const systemClock: Clock = {
  now: () => Date.now(),
  wake: (at, callback) => {
    let timer: NodeJS.Timeout;
    const arm = () => {
      const wait = at - Date.now();
      timer = setTimeout(wait > longestWait ? arm : callback, Math.max(0, Math.min(wait, longestWait)));
      timer.unref();
    };
    arm();
    return () => clearTimeout(timer);
  },
};

/** A clock that stands still until told; tests and the demo centre live on it. */
export type FakeClock = Clock & { set(at: number): void; advance(ms: number): void };

export const fakeClock = (start: number | string): FakeClock => {
  let current = typeof start === 'number' ? start : Date.parse(start);
  const sleepers = new Set<{ at: number; callback: () => void }>();
  const set = (at: number) => {
    current = Math.max(current, Math.floor(at));
    for (const sleeper of [...sleepers].toSorted((a, b) => a.at - b.at)) {
      if (sleeper.at > current) break;
      sleepers.delete(sleeper);
      sleeper.callback();
    }
  };
  return {
    now: () => current,
    set,
    advance: (ms) => set(current + ms),
    wake: (at, callback) => {
      const sleeper = { at, callback };
      sleepers.add(sleeper);
      return () => void sleepers.delete(sleeper);
    },
  };
};
