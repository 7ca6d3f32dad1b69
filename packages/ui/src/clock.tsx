import { createContext, useContext, useSyncExternalStore, type ReactNode } from 'react';

/**
 * One heartbeat for the whole page. Every countdown listens to the same timer, so a list of 200 clocks costs one
 * wake-up a second and all digits turn over together.
 */
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;
let second = Math.floor(Date.now() / 1000);

function beat(): void {
  second = Math.floor(Date.now() / 1000);
  for (const listen of listeners) listen();
  timer = listeners.size > 0 ? setTimeout(beat, 1000 - (Date.now() % 1000)) : undefined;
}

function subscribe(listen: () => void): () => void {
  listeners.add(listen);
  if (!timer) beat();
  return () => {
    listeners.delete(listen);
    if (listeners.size > 0 || !timer) return;
    clearTimeout(timer);
    timer = undefined;
  };
}

const ServerOffset = createContext(0);

/** `offsetMs` = server time − this computer's time, so that a wrong computer clock never shows a wrong deadline. */
export function ServerClock(props: { offsetMs: number; children: ReactNode }) {
  return <ServerOffset value={props.offsetMs}>{props.children}</ServerOffset>;
}

/** This computer's time in epoch ms, refreshed each full second: for waits that began here. */
export function useLocalNow(): number {
  return useSyncExternalStore(subscribe, () => second) * 1000;
}

/** Server time in epoch ms, refreshed each full second. `step` (seconds) asks for fewer refreshes. */
export function useNow(step = 1): number {
  const offset = useContext(ServerOffset);
  return useSyncExternalStore(subscribe, () => Math.floor(second / step) * step) * 1000 + offset;
}
