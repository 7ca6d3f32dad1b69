/**
 * A condition as the editor shows it: rows of fact, comparison and value, and boxes of rows. All at the top must hold.
 * What is written back means the same as what was read; a map that cannot hold something twice becomes an `all`. Pure.
 */
import type { Condition, Scalar, Test } from '#contracts/conditions.ts';

export type Wanted = Scalar | readonly Scalar[];
export type Row = { path: string; operator: string; wanted: Wanted };
/** all: every one · any: at least one · notAll: not all together · none: not a single one. */
export const boxKinds = ['any', 'none', 'notAll', 'all'] as const;
export type Box = { box: (typeof boxKinds)[number]; nodes: Node[] };
export type Node = Row | Box;
export const isBox = (node: Node): node is Box => 'box' in node;

const rowsOf = (path: string, test: Test): Row[] => {
  if (Array.isArray(test)) return [{ path, operator: 'in', wanted: test as readonly Scalar[] }];
  if (typeof test !== 'object' || test === null) return [{ path, operator: 'is', wanted: test as Scalar }];
  return Object.entries(test).map(([operator, wanted]) => ({ path, operator, wanted: wanted as Wanted }));
};
/** One thing that must hold: itself where it is one row or box, otherwise a box of all. */
const asOne = (condition: Condition): Node => {
  const nodes = nodesOf(condition);
  return nodes.length === 1 ? nodes[0]! : { box: 'all', nodes };
};

/** What must hold, side by side; an `all` is the same as its parts. */
export const nodesOf = (condition: Condition | undefined): Node[] =>
  Object.entries(condition ?? {}).flatMap(([key, value]): Node[] => {
    if (key === 'all') return (value as Condition[]).flatMap(nodesOf);
    if (key === 'any') return [{ box: 'any', nodes: (value as Condition[]).map(asOne) }];
    if (key !== 'not') return rowsOf(key, value as Test);
    const inner = asOne(value as Condition);
    if (isBox(inner) && inner.box === 'any') return [{ box: 'none', nodes: inner.nodes }];
    return [{ box: 'notAll', nodes: isBox(inner) && inner.box === 'all' ? inner.nodes : [inner] }];
  });

const written = (node: Node): Condition => {
  if (!isBox(node)) {
    const { path, operator, wanted } = node;
    const short = operator === 'is' || (operator === 'in' && Array.isArray(wanted));
    return { [path]: (short ? wanted : { [operator]: wanted }) as Test };
  }
  if (node.box === 'all') return conditionOf(node.nodes) ?? {};
  if (node.box === 'notAll') return { not: conditionOf(node.nodes) ?? {} };
  const any = { any: node.nodes.map(written) };
  return node.box === 'any' ? any : { not: any };
};
const spelled = (test: unknown): Record<string, unknown> =>
  Array.isArray(test)
    ? { in: test }
    : typeof test === 'object' && test !== null
      ? (test as Record<string, unknown>)
      : { is: test };

/** The condition that these make together; undefined where there is nothing to hold. */
export const conditionOf = (nodes: readonly Node[]): Condition | undefined => {
  const made: Record<string, unknown> = {};
  const more: Condition[] = [];
  for (const part of nodes.filter((node) => !isBox(node) || node.nodes.length > 0).map(written))
    for (const [key, value] of Object.entries(part)) {
      const before = made[key];
      const [old, next] = [spelled(before), spelled(value)];
      if (before === undefined) made[key] = value;
      else if (['all', 'any', 'not'].includes(key) || Object.keys(next).some((one) => one in old))
        more.push({ [key]: value } as Condition);
      else made[key] = { ...old, ...next };
    }
  if (more.length > 0) made.all = [...((made.all as Condition[]) ?? []), ...more];
  return Object.keys(made).length > 0 ? (made as Condition) : undefined;
};
