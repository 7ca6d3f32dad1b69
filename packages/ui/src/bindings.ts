/** A person's own keys over those of the actions. Pure. */

/** Own binding by name of the action; '' = no key at all. What is not named keeps its own keys. */
export type Rebound = Readonly<Record<string, string>>;

export const keysOf = (
  action: { name: string; keys?: string[]; fixed?: boolean },
  own: Rebound,
): string[] => {
  const mine = action.fixed ? undefined : own[action.name];
  if (mine === undefined) return action.keys ?? [];
  return mine === '' ? [] : [mine];
};

type Bound = { name: string; group?: string; keys?: string[]; fixed?: boolean };

/** One waits for the other’s second stroke, or both are the same. */
const collide = (a: string, b: string) => a === b || a.startsWith(`${b} `) || b.startsWith(`${a} `);

/**
 * Names of the actions that `binding` would take a key from: on the same screen, or everywhere. Actions of two
 * screens never listen together and may share a key.
 */
export function clashesOf(
  action: Bound,
  binding: string,
  all: readonly Bound[],
  own: Rebound,
  everywhere: readonly string[],
): string[] {
  if (binding === '') return [];
  const global = (group: string | undefined) => group === undefined || everywhere.includes(group);
  return all
    .filter(({ name }) => name !== action.name)
    .filter(({ group }) => group === action.group || global(group) || global(action.group))
    .filter((other) => keysOf(other, own).some((key) => collide(key, binding)))
    .map(({ name }) => name);
}
