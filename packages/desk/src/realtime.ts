import { useSyncExternalStore } from 'react';
import type { QueryClient } from '@tanstack/react-query';
import type { Connection } from '#ui/states.tsx';
import { affected, isUnder, type Happened } from './affected.ts';
import { readAgain } from './stale.ts';

/** What the server says on the socket (kernel/realtime.ts). A whisper is of the moment (typing) and has no position. */
type Said =
  | { type: 'welcome' | 'reset'; position: number }
  | { type: 'event'; position: number; event: Happened }
  | ({ type: 'whisper'; topic: string } & Record<string, unknown>)
  | { type: 'error'; code: string; topic?: string | null };
export type Whisper = { topic: string } & Record<string, unknown>;
export type Heard = { event: Happened } | { whisper: Whisper };
type Listener = (heard: Heard) => void;

const shortestWait = 1000;
const longestWait = 30_000;

/**
 * One socket for the page. It comes back by itself with growing pauses and asks for everything after the last
 * position, so a broken line loses nothing; what an event has changed is fetched again by the query cache.
 */
export function createRealtime(queries: QueryClient) {
  const topics = new Map<string, Set<Listener>>();
  const watchers = new Set<() => void>();
  const everything = new Set<Listener>();
  let connection: Connection = { state: 'online' };
  let socket: WebSocket | undefined;
  let position: number | null = null;
  let wait = shortestWait;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ended = true;

  const say = (what: 'subscribe' | 'unsubscribe', topic: string) =>
    socket?.readyState === WebSocket.OPEN && socket.send(JSON.stringify({ do: what, topic }));
  const show = (next: Connection) => {
    connection = next;
    for (const watch of watchers) watch();
  };
  const tell = (topic: string, heard: Heard) => {
    for (const listen of topics.get(topic) ?? []) listen(heard);
    for (const listen of everything) listen(heard);
  };
  const hear = (said: Said) => {
    if (said.type === 'error') return;
    if (said.type === 'whisper') return tell(said.topic, { whisper: said });
    // The server may send an event twice around a reconnect, never out of order.
    if (said.type === 'event' && position !== null && said.position <= position) return;
    if (said.type !== 'welcome' || position === null) position = said.position;
    if (said.type === 'reset') return void queries.invalidateQueries();
    if (said.type !== 'event') return;
    for (const change of affected(said.event)) {
      readAgain(queries, ({ queryKey }) => isUnder(queryKey, change));
    }
    tell(`${said.event.subjectType}:${said.event.subjectId}`, { event: said.event });
  };
  const connect = () => {
    clearTimeout(timer);
    const opened = new WebSocket(`/realtime${position === null ? '' : `?after=${position}`}`);
    socket = opened;
    opened.addEventListener('open', () => {
      wait = shortestWait;
      show({ state: 'online' });
      for (const topic of topics.keys()) say('subscribe', topic);
    });
    opened.addEventListener('message', ({ data }) => hear(JSON.parse(String(data)) as Said));
    opened.addEventListener('close', () => {
      if (ended || opened !== socket) return;
      if (connection.state === 'online') show({ state: 'offline', since: Date.now() });
      // Jitter, so that a hundred desks do not come back in the same instant.
      timer = setTimeout(connect, wait * (0.5 + Math.random() / 2));
      wait = Math.min(longestWait, wait * 2);
    });
  };
  const retry = () => {
    wait = shortestWait;
    if (connection.state === 'offline') connect();
  };

  return {
    /** Opens the line; answers how to close it for good. */
    start(): () => void {
      ended = false;
      connect();
      globalThis.addEventListener('online', retry);
      return () => {
        ended = true;
        clearTimeout(timer);
        globalThis.removeEventListener('online', retry);
        socket?.close();
      };
    },
    /** Hears one object, `ticket:ID`, or asks the server for a stream: `desk` (all I may see), `floor`. */
    subscribe(topic: string, listen: Listener = () => {}): () => void {
      const listeners = topics.get(topic) ?? new Set();
      topics.set(topic, listeners.add(listen));
      if (listeners.size === 1) say('subscribe', topic);
      return () => {
        listeners.delete(listen);
        if (listeners.size > 0) return;
        topics.delete(topic);
        say('unsubscribe', topic);
      };
    },
    /** Hears all that comes over the line, without asking for more. */
    hear(listen: Listener): () => void {
      everything.add(listen);
      return () => everything.delete(listen);
    },
    watch: (listen: () => void) => {
      watchers.add(listen);
      return () => watchers.delete(listen);
    },
    connection: () => connection,
    retry,
  };
}

export type Realtime = ReturnType<typeof createRealtime>;

export const useConnection = (realtime: Realtime): Connection =>
  useSyncExternalStore(realtime.watch, realtime.connection);
