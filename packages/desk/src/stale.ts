import type { Query, QueryClient } from '@tanstack/react-query';

/**
 * Makes queries read again because something happened. A first read that is still under way may have been answered
 * before it happened, and the cache would take that answer as the newest: such a read is done once more.
 */
export function readAgain(client: QueryClient, concerns: (query: Query) => boolean): void {
  const early = client
    .getQueryCache()
    .findAll({ predicate: concerns })
    .filter(({ state }) => state.fetchStatus === 'fetching' && state.data === undefined);
  void client.invalidateQueries({ predicate: concerns });
  for (const query of early) {
    const again = () => client.invalidateQueries({ queryKey: query.queryKey, exact: true });
    query.promise?.then(again, () => undefined);
  }
}
