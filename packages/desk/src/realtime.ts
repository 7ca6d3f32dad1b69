import { useSyncExternalStore } from 'react';
import type { QueryClient } from '@tanstack/react-query';
import type { Connection } from '#ui/states.tsx';
import { affected, isUnder, type Push } from './affected.ts';

type Listener = (push: Push) => void;
/** Line to the server: `{hello, position}` first, then pushes. From us: `{subscribe}` and `{unsubscribe}` by topic. */
type Said = Push | { hello: true; position: number };

const quietest = 1000;
const longest = 30_000;

/**
 * One socket for the page. It comes back by itself with growing pauses and asks for everything after the last
 * position, so a broken line loses nothing; what a push has changed is fetched again by the query cache.
 */
export function createRealtime(queries: QueryClient) {
  const topics = new Map<string, Set<Listener>>();
  const watchers = new Set<() => void>();
  let connection: Connection = { state: 'online' };
  let socket: WebSocket | undefined;
  let position: number | null = null;
  let wait = quietest;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ended = false;

  const say = (what: object) => socket?.readyState === WebSocket.OPEN && socket.send(JSON.stringify(what));
  const show = (next: Connection) => {
    connection = next;
    for (const watch of watchers) watch();
  };
  const hear = (said: Said) => {
    position = said.position;
    if ('hello' in said) return;
    for (const change of affected(said))
      void queries.invalidateQueries({ predicate: ({ queryKey }) => isUnder(queryKey, change) });
    const heard = [`${said.subjectType}:${said.subjectId}`, said.subjectType].flatMap((topic) => [
      ...(topics.get(topic) ?? []),
    ]);
    for (const listen of heard) listen(said);
  };
  const connect = () => {
    clearTimeout(timer);
    socket = new WebSocket(`/realtime${position === null ? '' : `?after=${position}`}`);
    socket.addEventListener('open', () => {
      wait = quietest;
      show({ state: 'online' });
      for (const topic of topics.keys()) say({ subscribe: topic });
    });
    socket.addEventListener('message', ({ data }) => hear(JSON.parse(String(data)) as Said));
    socket.addEventListener('close', () => {
      if (ended) return;
      if (connection.state === 'online') show({ state: 'offline', since: Date.now() });
      // Jitter, so that a hundred desks do not come back in the same instant.
      timer = setTimeout(connect, wait * (0.5 + Math.random() / 2));
      wait = Math.min(longest, wait * 2);
    });
  };
  const now = () => {
    wait = quietest;
    if (connection.state === 'offline') connect();
  };

  return {
    /** Opens the line; answers how to close it for good. */
    start(): () => void {
      ended = false;
      connect();
      globalThis.addEventListener('online', now);
      return () => {
        ended = true;
        clearTimeout(timer);
        globalThis.removeEventListener('online', now);
        socket?.close();
      };
    },
    /** Hears pushes of `ticket:ID` (one object) or `ticket` (all the server sends me of them). */
    subscribe(topic: string, listen: Listener): () => void {
      const set = topics.get(topic) ?? new Set();
      if (set.size === 0) say({ subscribe: topic });
      topics.set(topic, set.add(listen));
      return () => {
        set.delete(listen);
        if (set.size > 0) return;
        topics.delete(topic);
        say({ unsubscribe: topic });
      };
    },
    watch: (listen: () => void) => {
      watchers.add(listen);
      return () => watchers.delete(listen);
    },
    connection: () => connection,
    retry: now,
  };
}

export type Realtime = ReturnType<typeof createRealtime>;

export const useConnection = (realtime: Realtime): Connection =>
  useSyncExternalStore(realtime.watch, realtime.connection);
