/** What of a fresh list of notices is told aloud. Pure; use-announce.ts does it. */
import type { NoticeView } from '#contracts/routes/notices.ts';

type News = Pick<NoticeView, 'id' | 'at' | 'kind' | 'title' | 'body' | 'sound' | 'subjectId' | 'readAt'>;
/** Notices known, each with the instant it was last raised. */
export type Known = ReadonlyMap<string, string>;

export const knownOf = (items: readonly News[]): Known => new Map(items.map(({ id, at }) => [id, at]));

/**
 * Unread notices that were not there before, or were raised again. The first list is what there was before one came:
 * it is told by the number on the bell, not replayed. An offer has a card that rings by itself.
 */
export function newsIn<N extends News>(known: Known | null, items: readonly N[]): N[] {
  if (!known) return [];
  return items.filter(
    ({ id, at, kind, readAt }) => !readAt && kind !== 'offered' && (known.get(id) ?? '') < at,
  );
}

export type Telling =
  | { kind: 'one'; title: string; body: string; tag: string }
  | { kind: 'digest'; count: number; first: string };

/** One is told by its words. Several in one answer came while nobody looked: they are one digest, never a replay. */
export function tellingOf(news: readonly News[]): Telling | null {
  const [first] = news;
  if (!first) return null;
  if (news.length > 1) return { kind: 'digest', count: news.length, first: first.title };
  // Grouped by the case: a later note about it takes the place of the earlier.
  return { kind: 'one', title: first.title, body: first.body, tag: first.subjectId ?? first.id };
}
