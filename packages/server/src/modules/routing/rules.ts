/** Who is offered the next conversation: pure. */
export type Candidate = {
  id: string;
  load: number;
  max: number;
  /** Instant of the last conversation taken; 0 for none. */ lastAt: number;
};

/**
 * The agent with the most room in proportion, then the one who waited longest for work. Agents who let this
 * conversation pass are asked again only when nobody else is there, so that it never waits for an empty chair.
 */
export const choose = (
  candidates: readonly Candidate[],
  declined: readonly string[],
): Candidate | undefined => {
  const free = candidates.filter(({ load, max }) => load < max);
  const fresh = free.filter(({ id }) => !declined.includes(id));
  const pool = fresh.length > 0 ? fresh : free;
  return pool.toSorted(
    (a, b) => a.load / a.max - b.load / b.max || a.lastAt - b.lastAt || a.id.localeCompare(b.id),
  )[0];
};
