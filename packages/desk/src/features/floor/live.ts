import { useEffect } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { Route } from '#contracts/route.ts';
import { call } from '../../api.ts';
import { keyOf, queryClient } from '../../query.ts';

const pauseMs = 1000;
/** A quiet centre is read again too: waits and service levels move without an event. */
const pollMs = 15_000;

/**
 * A read of the floor that follows the socket at most once a second: in a busy hour events come by the dozen, and a
 * page that is fetched for each of them helps nobody.
 */
export function useCalmRead<R extends Route>(route: R) {
  const key = keyOf(route);
  const read = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => call(route, { signal }),
    enabled: false,
  });
  const { refetch } = read;
  const [tag, path] = key;
  useEffect(() => {
    let running = false;
    let again = false;
    const ended = new AbortController();
    const run = async () => {
      if (running) return void (again = true);
      running = true;
      do {
        again = false;
        // What is told during the read must be heard again, so the mark is taken off before it.
        queryClient
          .getQueryCache()
          .find({ queryKey: [tag, path, null, null] })
          ?.setState({ isInvalidated: false });
        await refetch();
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      } while (again && !ended.signal.aborted);
      running = false;
    };
    const stop = queryClient.getQueryCache().subscribe((told) => {
      if (told.type !== 'updated' || told.action.type !== 'invalidate') return;
      if (told.query.queryKey[0] === tag && told.query.queryKey[1] === path) void run();
    });
    const timer = setInterval(() => void run(), pollMs);
    void run();
    return () => {
      ended.abort();
      stop();
      clearInterval(timer);
    };
  }, [refetch, tag, path]);
  return read;
}
