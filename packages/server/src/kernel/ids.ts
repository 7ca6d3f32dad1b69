/**
 * Ids are UUIDv7: 48 bits of time for index locality, 18 bits that count within the millisecond so that what one
 * transaction makes keeps its order, 56 random bits so that they cannot be guessed. Numbers shown to people are labels.
 */
import { randomFillSync, createHash } from 'node:crypto';

export type Ids = {
  id(now: number): string;
  /** Unguessable secret, base64url of `bytes` random bytes (default 24 = 192 bits). */ secret(
    bytes?: number,
  ): string;
  /** Random number in [0, 1). */ random(): number;
};

const hex = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'));

const format = (now: number, count: number, bytes: Uint8Array): string => {
  const time = now.toString(16).padStart(12, '0');
  bytes[0] = ((count >> 14) & 0x0f) | 0x70;
  bytes[1] = (count >> 6) & 0xff;
  bytes[2] = (count & 0x3f) | 0x80;
  const h = (i: number) => hex[bytes[i]!]!;
  return `${time.slice(0, 8)}-${time.slice(8)}-${h(0)}${h(1)}-${h(2)}${h(3)}-${h(4)}${h(5)}${h(6)}${h(7)}${h(8)}${h(9)}`;
};

/** Counts ids of a millisecond from 0. Transactions of several milliseconds run side by side, so the last 4096 are kept. */
const counting = (): ((now: number) => number) => {
  const counts = new Map<number, number>();
  return (now) => {
    const count = counts.get(now) ?? 0;
    counts.set(now, count + 1);
    if (counts.size > 4096) counts.delete(counts.keys().next().value!);
    return count;
  };
};
const counted = counting();

const pool = new Uint8Array(4096);
let used = pool.length;

export const systemIds: Ids = {
  id: (now) => {
    if (used + 10 > pool.length) {
      randomFillSync(pool);
      used = 0;
    }
    used += 10;
    return format(now, counted(now), pool.slice(used - 10, used));
  },
  secret: (bytes = 24) => randomFillSync(Buffer.alloc(bytes)).toString('base64url'),
  random: () => Math.random(),
};

/** Ids from a seed: the demo centre is the same company each time. Never for secrets of a real centre. */
export const seededIds = (seed: number): Ids => {
  let counter = 0;
  const count = counting();
  const bytes = () => createHash('sha256').update(`${seed}:${counter++}`).digest();
  return {
    id: (now) => format(now, count(now), new Uint8Array(bytes().subarray(0, 10))),
    secret: (n = 24) => bytes().subarray(0, n).toString('base64url'),
    random: () => bytes().readUInt32BE(0) / 2 ** 32,
  };
};
