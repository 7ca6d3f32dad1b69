import type { TimelineItemView } from '#contracts/routes/customers.ts';

/** Ids that are merged into the subject of this story now (newest first); `of` is customer or ticket. */
export function mergedFrom(
  story: Array<Pick<TimelineItemView, 'type' | 'data'>>,
  of: 'customer' | 'ticket' = 'customer',
): string[] {
  const state = new Map<string, boolean>();
  for (const { type, data } of story) {
    const { fromId } = data;
    if (typeof fromId !== 'string' || state.has(fromId)) continue;
    if (type === `${of}.merged`) state.set(fromId, true);
    if (type === `${of}.unmerged`) state.set(fromId, false);
  }
  return [...state].filter(([, merged]) => merged).map(([id]) => id);
}
