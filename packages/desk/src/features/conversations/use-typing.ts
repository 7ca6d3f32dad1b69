import { useEffect, useState } from 'react';
import type { Realtime } from '../../realtime.ts';

/** How long a sign of typing is shown after the last one, in ms. */
const shownFor = 6000;

/** Is the customer typing? Ends by itself, and with the message that was being typed. */
export function useTyping(realtime: Realtime, conversationId: string, newest: string | undefined): boolean {
  const [typing, setTyping] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = realtime.subscribe(`conversation:${conversationId}`, (heard) => {
      if (!('whisper' in heard) || heard.whisper.kind !== 'typing' || heard.whisper.by !== 'customer') return;
      setTyping(true);
      clearTimeout(timer);
      timer = setTimeout(() => setTyping(false), shownFor);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [realtime, conversationId]);
  useEffect(() => setTyping(false), [newest]);
  return typing;
}
