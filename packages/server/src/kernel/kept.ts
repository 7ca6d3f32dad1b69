/**
 * Values of the database that hot paths read often and people change rarely. One reader looks again while the others
 * take the last value: a transaction that waited for a second connection while holding its own could wait for ever.
 */
import type { Tx } from './sql.ts';

export type Kept<V> = {
  /** The value, at most `maxAgeMs` old (plus the one look that is under way). A transaction is its own place and always reads. */
  of(db: Tx): Promise<V>;
  /** A value read after this call, for whoever has learned of a change; what is kept is at least as new from then on. */
  fresh(db: Tx): Promise<V>;
  /** The last value, of any age, for whoever can tell whether it still holds; undefined before anybody has looked. */
  peek(db: Tx): V | undefined;
  /** The next reader looks again. */
  forget(db: Tx): void;
};

type Place<V> = { value?: V; readAt: number; reading?: Promise<V>; changes: number };

/** `read` is given the last value, so that it may find out cheaply that nothing changed. Age is real time, not the centre's. */
export const kept = <V>(maxAgeMs: number, read: (db: Tx, last: V | undefined) => Promise<V>): Kept<V> => {
  const places = new WeakMap<Tx, Place<V>>();
  const look = async (db: Tx, place: Place<V>): Promise<V> => {
    const begun = performance.now();
    const { changes } = place;
    try {
      place.value = await read(db, place.value);
      // Changed while it was read: what was read may be older than the change.
      if (place.changes === changes) place.readAt = begun;
      return place.value;
    } finally {
      place.reading = undefined;
    }
  };
  const placeOf = (db: Tx): Place<V> => {
    let place = places.get(db);
    if (!place) places.set(db, (place = { readAt: -Infinity, changes: 0 }));
    return place;
  };
  const forget = (place: Place<V>) => {
    place.changes += 1;
    place.readAt = -Infinity;
  };
  return {
    of: async (db) => {
      const place = placeOf(db);
      if (place.value !== undefined && performance.now() - place.readAt < maxAgeMs) return place.value;
      if (place.reading) return place.value ?? place.reading;
      place.reading = look(db, place);
      return place.reading;
    },
    fresh: async (db) => {
      const place = placeOf(db);
      forget(place);
      // A look that is under way may have looked before the change.
      while (place.reading) await place.reading.catch(() => {});
      place.reading = look(db, place);
      return place.reading;
    },
    peek: (db) => places.get(db)?.value,
    forget: (db) => {
      const place = places.get(db);
      if (place) forget(place);
    },
  };
};
