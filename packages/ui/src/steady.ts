/**
 * A list that does not move under the hand. While it is held (pointer or focus inside), rows keep their places and
 * tiers, rows that left stay as they were, and newcomers wait to be let in; what comes after the last row may join,
 * because it moves nothing.
 */
export type Place = { key: string; tier: string };
export type Settled = {
  places: Place[];
  /** Keys that are in the fresh list and wait to be shown. */
  waiting: string[];
  /** Keys still shown though the fresh list has them no more. */
  gone: ReadonlySet<string>;
};

export function settle(shown: Place[], fresh: Place[], held: boolean): Settled {
  if (!held || shown.length === 0) return { places: fresh, waiting: [], gone: new Set() };
  const known = new Set(shown.map(({ key }) => key));
  const present = new Set(fresh.map(({ key }) => key));
  const lastKnown = fresh.findLastIndex(({ key }) => known.has(key));
  const isNew = ({ key }: Place) => !known.has(key);
  const lastTier = shown.at(-1)?.tier;
  const tiers = new Set(shown.map(({ tier }) => tier));
  const joins = fresh
    .slice(lastKnown + 1)
    .filter((place) => isNew(place) && (place.tier === lastTier || !tiers.has(place.tier)));
  const joined = new Set(joins.map(({ key }) => key));
  return {
    places: [...shown, ...joins],
    waiting: fresh.filter((place) => isNew(place) && !joined.has(place.key)).map(({ key }) => key),
    gone: new Set(shown.map(({ key }) => key).filter((key) => !present.has(key))),
  };
}
