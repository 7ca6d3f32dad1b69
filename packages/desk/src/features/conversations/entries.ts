import type { ConversationView, MessageView } from '#contracts/routes/conversations.ts';
import type { TimelineEntry } from '#ui/timeline.tsx';

/** On whose side a message stands. What only colleagues see is a note; what only machines said inside is an event. */
export function sideOf(
  message: Pick<MessageView, 'visibility' | 'authorKind' | 'authorId'>,
): TimelineEntry['side'] {
  if (message.visibility === 'system') return 'system';
  if (message.visibility === 'internal') {
    // An agent without a name is the centre itself, e.g. giving a conversation back to the queue.
    const machine = message.authorKind === 'system' || (message.authorKind === 'agent' && !message.authorId);
    if (machine) return 'system';
    return message.authorKind === 'unverified' ? 'in' : 'note';
  }
  return message.authorKind === 'customer' || message.authorKind === 'unverified' ? 'in' : 'out';
}

/** What befell a conversation, told from its own facts. `key` is a text of the catalogue, `conversations.event.…`. */
export type ConversationEvent = { key: string; at: string; seconds?: number };

export function conversationEvents(
  view: Pick<ConversationView, 'openedAt' | 'queuedAt' | 'acceptedAt' | 'closedAt'>,
): ConversationEvent[] {
  const events: ConversationEvent[] = [{ key: 'opened', at: view.openedAt }];
  if (view.queuedAt) events.push({ key: 'queued', at: view.queuedAt });
  if (view.acceptedAt) {
    const waited = Date.parse(view.acceptedAt) - Date.parse(view.queuedAt ?? view.openedAt);
    events.push({ key: 'accepted', at: view.acceptedAt, seconds: Math.max(0, Math.round(waited / 1000)) });
  }
  if (view.closedAt) events.push({ key: 'closed', at: view.closedAt });
  return events;
}
