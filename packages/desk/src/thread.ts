import type { MessageView } from '#contracts/routes/conversations.ts';

/** Messages of one talk as known here, oldest first, and where the older ones begin. */
export type Thread = {
  messages: MessageView[];
  /** Cursor of the next older page; null = the talk begins here; undefined = not asked yet. */
  older: string | null | undefined;
};

const byTime = (a: MessageView, b: MessageView) => a.at.localeCompare(b.at) || a.seq - b.seq;

/**
 * The newest page (newest first) laid over what is known. When they do not meet, because more came than a page holds
 * while the line was broken, what is known is let go: a talk with a hole is worse than a short one.
 */
export function withNewest(
  known: Thread | undefined,
  page: { items: MessageView[]; nextCursor: string | null },
): Thread {
  const fresh = page.items.toSorted(byTime);
  const ids = new Set(fresh.map(({ id }) => id));
  const meets = page.nextCursor === null || known?.messages.some(({ id }) => ids.has(id)) === true;
  if (!known || known.messages.length === 0 || !meets) return { messages: fresh, older: page.nextCursor };
  const kept = known.messages.filter(({ id }) => !ids.has(id));
  const first = fresh[0];
  // Of what the page covers, the page is the truth: a message that is not in it does not exist any more.
  const older = first ? kept.filter((one) => byTime(one, first) < 0) : kept;
  return {
    messages: [...older, ...fresh].toSorted(byTime),
    older: older.length > 0 ? known.older : page.nextCursor,
  };
}

/** An older page (newest first) laid before what is known. */
export function withOlder(known: Thread, page: { items: MessageView[]; nextCursor: string | null }): Thread {
  const ids = new Set(known.messages.map(({ id }) => id));
  return {
    messages: [...page.items.filter(({ id }) => !ids.has(id)), ...known.messages].toSorted(byTime),
    older: page.nextCursor,
  };
}

/** One message that was just accepted. */
export function withOne(known: Thread | undefined, message: MessageView): Thread {
  const others = (known?.messages ?? []).filter(({ id }) => id !== message.id);
  return { messages: [...others, message].toSorted(byTime), older: known ? known.older : undefined };
}

/** First message after `seenSeq` that somebody else wrote; what goes out by itself in my name is no news to me. */
export function firstUnreadOf(messages: MessageView[], seenSeq: number, me: string): string | undefined {
  return messages.find(
    ({ seq, authorId, authorKind, automatic }) =>
      seq > seenSeq && authorId !== me && (authorKind !== 'agent' || !automatic),
  )?.id;
}
