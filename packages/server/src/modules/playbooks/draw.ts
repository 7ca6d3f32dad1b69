/** Random draws, pure: the same seed draws the same ones, so that a draw can be repeated and nobody can steer it. */
import { createHash } from 'node:crypto';

export const drawn = <R extends { id: string }>(rows: readonly R[], seed: string, wanted: number): R[] => {
  const rank = new Map(
    rows.map(({ id }) => [id, createHash('sha256').update(`${seed} ${id}`).digest('hex')]),
  );
  return rows.toSorted((a, b) => rank.get(a.id)!.localeCompare(rank.get(b.id)!)).slice(0, wanted);
};
