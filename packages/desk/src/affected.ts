/** What a pushed event makes stale. Pure, so that it can be told as a table of examples. */

/** An event of the catalogue as it comes over the socket. */
export type Happened = {
  type: string;
  at: string;
  subjectType: string;
  subjectId: string;
  actorId: string | null;
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
  certification: 'certifications',
  record: 'records',
  playbook: 'playbooks',
  goal: 'figures',
  article: 'knowledge',
  incident: 'incident',
  view: 'ticket-views',
};

/** A task or run changes 待办, the step panels, and the row of its ticket. */
function ofWork(type: string, data: Record<string, unknown>): Affected[] {
  const lists: Affected[] = [
    { tag: 'tasks', id: null },
    { tag: 'playbooks', id: null },
  ];
  if (typeof data.ticketId === 'string') lists.push({ tag: 'tickets', id: data.ticketId });
  else if (type.startsWith('deadline.')) lists.push({ tag: 'tickets', id: null });
  return lists;
}

/** Query tags (and the one object) that it has changed on this screen. */
export function affected({ type, subjectType, subjectId, data }: Happened): Affected[] {
  const of = typeof data.of === 'string' ? tagOf[data.of] : undefined;
  if (subjectType === 'thread') return of ? [{ tag: of, id: subjectId }] : [];
  if (subjectType === 'survey' && typeof data.ticketId === 'string')
    return [{ tag: 'surveys', id: data.ticketId }];
  if (type.startsWith('notice.')) return [{ tag: 'notices', id: null }];
  if (subjectType === 'task' || subjectType === 'run') return ofWork(type, data);
  const floor: Affected[] = /^(presence|conversation|deadline|ticket)\./.test(type)
    ? [{ tag: 'floor', id: null }]
    : [];
  if (['user', 'group', 'role'].includes(subjectType)) return [...floor, { tag: 'identity', id: subjectId }];
  if (subjectType === 'playbook') return [{ tag: 'playbooks', id: null }];
  const tag = tagOf[subjectType];
  if (type === 'ticket.conversation_linked')
    floor.push({ tag: 'conversations', id: String(data.conversationId) });
  return tag ? [...floor, { tag, id: subjectId }] : floor;
}

/** Does a query key `[tag, path, id, query]` fall under it? Lists (id null) always do. */
export const isUnder = (key: readonly unknown[], { tag, id }: Affected): boolean =>
  key[0] === tag && (key[2] === null || key[2] === undefined || key[2] === id);
