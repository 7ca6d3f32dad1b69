/** Keyset pages: the cursor holds the sort values of the last row, so a page deep down costs what the first costs and inserts move nothing. */
import { faulty } from './problem.ts';

export type Page<T> = { items: T[]; nextCursor: string | null };

export const encodeCursor = (values: readonly unknown[]): string =>
  Buffer.from(JSON.stringify(values)).toString('base64url');

/** Sort values of a cursor, or undefined for the first page. A cursor that is not ours is a 422. */
export const decodeCursor = (
  cursor: string | undefined,
  length: number,
): (string | number | null)[] | undefined => {
  if (!cursor) return undefined;
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (
      Array.isArray(values) &&
      values.length === length &&
      values.every((v) => v === null || typeof v === 'string' || typeof v === 'number')
    )
      return values;
  } catch {
    // told below
  }
  throw faulty('/cursor', 'INVALID');
};

/**
 * How many rows to ask for: more than the page has, and one of a few numbers, because a limit is part of the text of
 * a statement (`limitOf`) and each text is prepared on its own.
 */
export const rowsFor = (limit: number): number => [11, 21, 51, 101].find((rows) => rows > limit) ?? limit + 1;

/** Cuts the rows beyond `limit`, which only says that there is more. */
export const toPage = <T>(rows: T[], limit: number, sortValues: (row: T) => readonly unknown[]): Page<T> => {
  const items = rows.slice(0, limit);
  return { items, nextCursor: rows.length > limit ? encodeCursor(sortValues(items.at(-1)!)) : null };
};

/**
 * A list that is short in every centre (groups, channels …) and read whole: all of it, unless a limit is asked for.
 * The cursor names the last row told.
 */
export const shortPage = <T>(
  rows: readonly T[],
  { limit = rows.length, cursor }: { limit?: number; cursor?: string },
  nameOf: (row: T) => string,
): Page<T> => {
  const [last] = decodeCursor(cursor, 1) ?? [];
  const at = last === undefined ? 0 : rows.findIndex((row) => nameOf(row) === last) + 1;
  if (last !== undefined && at === 0) throw faulty('/cursor', 'INVALID');
  return toPage(rows.slice(at), limit, (row) => [nameOf(row)]);
};

/** Text for LIKE: the wildcards of the customer are letters. */
export const likeText = (text: string) => text.replace(/[\\%_]/g, (c) => `\\${c}`);
