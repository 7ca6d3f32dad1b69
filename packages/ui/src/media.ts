import { useSyncExternalStore } from 'react';
import { breakpoints } from './theme.ts';

export type Width = 'narrow' | 'medium' | 'wide';

const query = (px: number) => globalThis.matchMedia(`(max-width: ${px - 0.02}px)`);

function subscribe(listen: () => void): () => void {
  const lists = [query(breakpoints.narrow), query(breakpoints.medium)];
  for (const list of lists) list.addEventListener('change', listen);
  return () => {
    for (const list of lists) list.removeEventListener('change', listen);
  };
}

/** narrow = one pane at a time (phone), medium = two, wide = three. */
export function useWidth(): Width {
  return useSyncExternalStore(subscribe, () => {
    if (query(breakpoints.narrow).matches) return 'narrow';
    return query(breakpoints.medium).matches ? 'medium' : 'wide';
  });
}
