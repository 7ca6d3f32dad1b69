import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { markRead, type ConversationView } from '#contracts/routes/conversations.ts';
import { call } from '../../api.ts';
import { queryClient } from '../../query.ts';
import { firstUnreadOf } from '../../thread.ts';

/** The first unread message as it was when the conversation was opened; the line does not wander while one reads. */
export function useFirstUnread(
  view: ConversationView,
  messages: Parameters<typeof firstUnreadOf>[0],
  me: string,
): string | undefined {
  const [seen] = useState({ seq: view.lastSeq - view.unread, last: view.lastSeq });
  return useMemo(
    () =>
      firstUnreadOf(
        messages.filter(({ seq }) => seq <= seen.last),
        seen.seq,
        me,
      ),
    [messages, seen, me],
  );
}

/** Marks as read what is in sight, while the page is in front; the list follows at once. */
export function useReadMark(view: ConversationView): () => void {
  const marked = useRef(0);
  const { id, lastSeq, unread } = view;
  const mark = useCallback(() => {
    if (document.visibilityState !== 'visible' || lastSeq <= marked.current || unread === 0) return;
    marked.current = lastSeq;
    call(markRead, { params: { id }, body: { seq: lastSeq } })
      .then(() => queryClient.invalidateQueries({ queryKey: ['conversations', '/conversations'] }))
      .catch(() => {
        marked.current = 0;
      });
  }, [id, lastSeq, unread]);
  useEffect(() => {
    mark();
    document.addEventListener('visibilitychange', mark);
    return () => document.removeEventListener('visibilitychange', mark);
  }, [mark]);
  return mark;
}
