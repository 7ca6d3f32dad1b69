/** The names of all variables, and the check that a nearly right one is not silently ignored. */
import type { Env } from './config.ts';

export const NAMES = [
  'PORT',
  'HOST',
  'DATA_DIR',
  'DATABASE_URL',
  'PUBLIC_URL',
  'FILES_URL',
  'ROLE',
  'REDIS_URL',
  'LOG_LEVEL',
  'SMTP_URL',
  'TRUST_PROXY',
  'S3_ENDPOINT',
  'S3_BUCKET',
  'S3_REGION',
  'S3_ACCESS_KEY_ID',
  'S3_SECRET_ACCESS_KEY',
  'ZHIKE_EMPTY',
  'ZHIKE_SECRET',
  'ZHIKE_TEST_DATABASE',
];

/** Short names (PORT, HOST, ROLE) have too many innocent neighbours to be guarded. */
const GUARDED = NAMES.filter((name) => name.length >= 8);

/**
 * Finds a ZHIKE_* that does not exist, or a variable one slip away from one of ours (DATABSE_URL) when ours is not
 * set: starting with the default there would mean working on the wrong database without a word.
 */
export function findMisspelt(env: Env): { name: string; meant: string | null } | null {
  for (const name of Object.keys(env)) {
    if (NAMES.includes(name) || !env[name]) continue;
    if (name.startsWith('ZHIKE_')) return { name, meant: closest(name) };
    const meant = GUARDED.find((known) => !env[known] && slips(name, known) === 1);
    if (meant) return { name, meant };
  }
  return null;
}

function closest(name: string): string | null {
  const near = NAMES.map((known) => ({ known, distance: slips(name, known) }))
    .filter(({ distance }) => distance <= 3)
    .sort((a, b) => a.distance - b.distance);
  return near[0]?.known ?? null;
}

/** Typing slips between two words: a letter more, less, other, or two neighbours swapped. */
export function slips(from: string, to: string): number {
  if (Math.abs(from.length - to.length) > 3) return 4;
  let older: number[] = [];
  let old = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const now = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      let best = Math.min(old[column]! + 1, now[column - 1]! + 1, old[column - 1]! + (same ? 0 : 1));
      if (row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1])
        best = Math.min(best, older[column - 2]! + 1);
      now.push(best);
    }
    older = old;
    old = now;
  }
  return old[to.length]!;
}
