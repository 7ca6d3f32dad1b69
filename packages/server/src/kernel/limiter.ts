/** Fixed-window counters in memory: a cheap wall in front of the database. What must hold across nodes (sign-in, reveal) is counted in SQL. */
export type Limiter = {
  /** Takes one; answers 0, or the seconds to wait. */ take(
    key: string,
    who: string,
    perMinute: number,
    now: number,
  ): number;
};

const windowMs = 60_000;
const mostEntries = 100_000;

export const createLimiter = (factor = 1): Limiter => {
  const counts = new Map<string, { since: number; count: number }>();
  return {
    take: (key, who, perMinute, now) => {
      const name = `${key} ${who}`;
      const entry = counts.get(name);
      if (!entry || now - entry.since >= windowMs || now < entry.since) {
        // A flood of addresses must not grow memory without bound; forgetting all is kinder than refusing all.
        if (counts.size >= mostEntries) counts.clear();
        counts.set(name, { since: now, count: 1 });
        return 0;
      }
      entry.count += 1;
      return entry.count > perMinute * factor ? Math.ceil((entry.since + windowMs - now) / 1000) : 0;
    },
  };
};
