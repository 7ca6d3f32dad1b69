import { useState } from 'react';

/**
 * Rows that never move under the pointer. While `held`, the rows seen stay where they are with their newest content
 * (a row that has gone keeps its last), and `waiting` counts what is to come when the hand leaves.
 */
export function useCalmRows<Row>(rows: readonly Row[], keyOf: (row: Row) => string) {
  const [frozen, setFrozen] = useState<readonly Row[] | null>(null);
  const fresh = new Map(rows.map((row) => [keyOf(row), row]));
  const shown = frozen ? frozen.map((row) => fresh.get(keyOf(row)) ?? row) : rows;
  const known = new Set(shown.map(keyOf));
  const waiting = frozen ? rows.filter((row) => !known.has(keyOf(row))).length : 0;
  return {
    shown,
    waiting,
    gone: (row: Row) => frozen !== null && !fresh.has(keyOf(row)),
    hold: {
      onPointerEnter: () => setFrozen(rows),
      onPointerLeave: () => setFrozen(null),
    },
    apply: () => setFrozen(rows),
  };
}
