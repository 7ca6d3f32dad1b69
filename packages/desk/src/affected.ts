/** What a pushed event makes stale. Pure, so that it can be told as a table of examples. */

/** One push on the socket: an event of the catalogue with its position in the stream. */
export type Push = {
  position: number;
  type: string;
  subjectType: string;
  subjectId: string;
  data: Record<string, unknown>;
};

export type Affected = { tag: string; /** null = lists only. */ id: string | null };

const tagOf: Record<string, string> = {
  ticket: 'tickets',
  conversation: 'conversations',
  customer: 'customers',
  calendar: 'calendars',
  policy: 'policies',
  channel: 'channels',
  setting: 'settings',
};

/** Query tags (and the one object) that `push` has changed on this screen. */
export function affected(push: Push): Affected[] {
  const { type, subjectType, subjectId, data } = push;
  const ofId = typeof data.ofId === 'string' ? data.ofId : subjectId;
  const of = typeof data.of === 'string' ? tagOf[data.of] : undefined;
  if (subjectType === 'thread' || subjectType === 'deadline') return of ? [{ tag: of, id: ofId }] : [];
  if (subjectType === 'survey' && typeof data.ticketId === 'string')
    return [{ tag: 'surveys', id: data.ticketId }];
  if (type.startsWith('notice.')) return [{ tag: 'notices', id: null }];
  if (type === 'presence.changed')
    return [
      { tag: 'floor', id: null },
      { tag: 'identity', id: subjectId },
    ];
  if (['user', 'group', 'role'].includes(subjectType)) return [{ tag: 'identity', id: subjectId }];
  const tag = tagOf[subjectType];
  return tag ? [{ tag, id: subjectId }] : [];
}

/** Does a query key `[tag, path, id, query]` fall under it? Lists (id null) always do. */
export const isUnder = (key: readonly unknown[], { tag, id }: Affected): boolean =>
  key[0] === tag && (key[2] === null || key[2] === undefined || key[2] === id);
