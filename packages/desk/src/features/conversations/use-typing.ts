import { useEffect, useRef, useState } from 'react';
import type { Realtime } from '../../realtime.ts';

/** How long a sign of typing is shown after the last one, in ms. */
const shownFor = 6000;

/** Is the customer typing? Ends by itself, and with the message that was being typed. */
export function useTyping(realtime: Realtime, conversationId: string, newest: string | undefined): boolean {
  /** The newest message when the sign came: a newer one is what was being typed. */
  const [typing, setTyping] = useState<{ before: string | undefined } | null>(null);
  const latest = useRef(newest);
  useEffect(() => {
    latest.current = newest;
  });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = realtime.subscribe(`conversation:${conversationId}`, (heard) => {
      if (!('whisper' in heard) || heard.whisper.kind !== 'typing' || heard.whisper.by !== 'customer') return;
      setTyping({ before: latest.current });
      clearTimeout(timer);
      timer = setTimeout(() => setTyping(null), shownFor);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [realtime, conversationId]);
  return typing !== null && typing.before === newest;
}
