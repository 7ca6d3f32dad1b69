/** Who is offered the next conversation: pure. */
export type Candidate = {
  id: string;
  load: number;
  max: number;
  /** Instant of the last conversation taken; 0 for none. */ lastAt: number;
};

/**
 * Who gives an offer back by choice is not asked again at once, even when nobody else is there: pressing 退回 must not
 * ring the same phone. After this long the customer comes first again.
 */
export const peaceMs = 30_000;
/** Until when those who declined are left in peace; 0 when nobody gave it back by choice. */
export const peaceUntil = (declinedAt: number | null): number =>
  declinedAt === null ? 0 : declinedAt + peaceMs;

/**
 * The agent with the most room in proportion, then the one who waited longest for work. Agents who let this
 * conversation pass are asked again only when nobody else is there, so that it never waits for an empty chair; not
 * while they are left in peace.
 */
export const choose = (
  candidates: readonly Candidate[],
  declined: readonly string[],
  inPeace = false,
): Candidate | undefined => {
  const free = candidates.filter(({ load, max }) => load < max);
  const fresh = free.filter(({ id }) => !declined.includes(id));
  const pool = fresh.length > 0 || inPeace ? fresh : free;
  return pool.toSorted(
    (a, b) => a.load / a.max - b.load / b.max || a.lastAt - b.lastAt || a.id.localeCompare(b.id),
  )[0];
};
