import { useEffect, useRef } from 'react';
import { customerTimeline } from '#contracts/routes/customers.ts';
import { queryClient, useList } from '../../query.ts';
import { readAgain } from '../../stale.ts';
import { useSession } from '../identity/session.ts';

/** A customer's story, read on when something happens to one of the tickets or conversations in it. */
export function useCustomerStory(id: string, limit = 50) {
  const { realtime } = useSession();
  const story = useList(customerTimeline, { limit }, { params: { id } });
  const known = useRef(new Set<string>());
  useEffect(() => {
    known.current = new Set(story.rows?.map(({ subjectId }) => subjectId));
  }, [story.rows]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = realtime.hear((heard) => {
      if (!('event' in heard) || timer || !known.current.has(heard.event.subjectId)) return;
      // One verb makes a handful of events; they are read together.
      timer = setTimeout(() => {
        timer = undefined;
        readAgain(queryClient, ({ queryKey }) => queryKey[1] === customerTimeline.path && queryKey[2] === id);
      }, 400);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [realtime, id]);
  return story;
}
