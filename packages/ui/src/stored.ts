import { useCallback, useSyncExternalStore } from 'react';

/**
 * Small things one person keeps on one device (widths, theme, drafts). Reads survive a full or forbidden
 * localStorage: the value then lives as long as the page.
 */
const memory = new Map<string, string>();
const listeners = new Set<() => void>();

export function readStored(key: string): string | null {
  try {
    return localStorage.getItem(key) ?? memory.get(key) ?? null;
  } catch {
    return memory.get(key) ?? null;
  }
}

export function writeStored(key: string, value: string | null): void {
  if (value === null) memory.delete(key);
  else memory.set(key, value);
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Kept in memory above.
  }
  for (const listen of listeners) listen();
}

function subscribe(listen: () => void): () => void {
  listeners.add(listen);
  globalThis.addEventListener('storage', listen);
  return () => {
    listeners.delete(listen);
    globalThis.removeEventListener('storage', listen);
  };
}

/** A stored string that all readers on the page (and other tabs) see change together. */
export function useStored(key: string, fallback: string): [string, (value: string | null) => void] {
  const value = useSyncExternalStore(subscribe, () => readStored(key)) ?? fallback;
  const set = useCallback((next: string | null) => writeStored(key, next), [key]);
  return [value, set];
}

const draftKey = (key: string) => `zk:draft:${key}`;

/** Text being typed, kept per case on this device until it is sent. */
export function useDraft(key: string): [string, (text: string) => void] {
  const [text, set] = useStored(draftKey(key), '');
  return [text, useCallback((next: string) => set(next === '' ? null : next), [set])];
}
