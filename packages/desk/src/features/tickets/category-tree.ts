/** Keys of categories are paths: `tech.fault` stands under `tech`. */
type Node = { key: string; enabled?: boolean };

export const pathOf = (key: string): string[] => {
  const parts = key.split('.');
  return parts.map((_, at) => parts.slice(0, at + 1).join('.'));
};

/**
 * Roots with what can be chosen below them, in the order of the setting. The root itself comes last: it is the
 * answer of somebody who does not know better yet.
 */
export function branches<N extends Node>(nodes: N[]): Array<{ root: N; leaves: N[] }> {
  const enabled = nodes.filter((node) => node.enabled !== false);
  return enabled
    .filter(({ key }) => !key.includes('.'))
    .map((root) => ({
      root,
      leaves: [...enabled.filter(({ key }) => key.startsWith(`${root.key}.`)), root],
    }));
}

/** What the centre does in cases of a category: its own policy, else that of the nearest one above it. */
export const policyOf = (
  nodes: readonly { key: string; policy?: string | null }[],
  key: string | undefined,
): string | undefined =>
  pathOf(key ?? '')
    .toReversed()
    .map((one) => nodes.find((node) => node.key === one)?.policy?.trim())
    .find((policy) => policy);
