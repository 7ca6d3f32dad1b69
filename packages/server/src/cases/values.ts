/** What the data of a case stand for: instants, and people by their name in the story. */
import type { Stage } from './run.ts';

/** Chinese local time as an instant. */
export const instant = (text: string): number =>
  Date.parse(`${text.replace(' ', 'T')}${text.length === 16 ? ':00' : ''}+08:00`);

/** Dates in answers: `@2026-03-06 15:00` is that local time as an instant. */
const resolved = (value: unknown): unknown =>
  typeof value === 'string' && /^@\d{4}-\d{2}-\d{2} \d{2}:\d{2}$/.test(value)
    ? new Date(instant(value.slice(1))).toISOString()
    : Array.isArray(value)
      ? value.map(resolved)
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolved(inner)]))
        : value;
/** `@agent2` in answers is that person. */
export const named = async (stage: Pick<Stage, 'person'>, given: unknown): Promise<object> =>
  Object.fromEntries(
    await Promise.all(
      Object.entries(given as object).map(async ([key, value]) => [
        key,
        typeof value === 'string' && /^@[a-z]\w*$/.test(value)
          ? (await stage.person(value.slice(1))).id
          : value,
      ]),
    ),
  );
export const data = (value: unknown) => (resolved(value) ?? {}) as Record<string, never>;
