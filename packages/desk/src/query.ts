import { QueryCache, QueryClient, useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import type { QueryOf, ResponseOf, Route } from '#contracts/route.ts';
import { ApiProblem, call, problemOf, type CallArgs } from './api.ts';

/** `[tag, path, id, query]`: what realtime.ts invalidates by, so a key never has to be remembered by hand. */
export function keyOf<R extends Route>(route: R, args: Pick<CallArgs<R>, 'params' | 'query'> = {}) {
  const id = (args.params as { id?: string } | undefined)?.id ?? null;
  return [route.tag, route.path, id, args.query ?? null] as const;
}

const unreachable = (error: Error) =>
  error instanceof ApiProblem && [0, 502, 503].includes(error.problem.status);

export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, query) => {
      // A session that ended anywhere ends everywhere: asking who I am again brings the sign-in screen.
      if (problemOf(error).status === 401 && query.queryKey[1] !== '/me')
        void queryClient.invalidateQueries({ queryKey: ['identity', '/me'] });
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      networkMode: 'always',
      retry: (count, error) => count < 2 && unreachable(error),
    },
    mutations: { networkMode: 'always' },
  },
});

type ReadOptions = { enabled?: boolean; refetchSeconds?: number };

/** One read of a contract route, cached. */
export function useRead<R extends Route>(
  route: R,
  args: Pick<CallArgs<R>, 'params' | 'query'> = {},
  options: ReadOptions = {},
) {
  return useQuery({
    queryKey: keyOf(route, args),
    queryFn: ({ signal }) => call(route, { ...args, signal }),
    enabled: options.enabled,
    refetchInterval: options.refetchSeconds ? options.refetchSeconds * 1000 : false,
  });
}

type Page<Item> = { items: Item[]; nextCursor: string | null };
type ItemOf<R extends Route> = ResponseOf<R> extends Page<infer Item> ? Item : never;

/** A keyset list, page after page, as one flat array. */
export function useList<R extends Route>(
  route: R,
  query: Omit<QueryOf<R>, 'cursor'>,
  options: ReadOptions = {},
) {
  const list = useInfiniteQuery({
    queryKey: [route.tag, route.path, null, query] as const,
    queryFn: ({ pageParam, signal }) =>
      call(route, {
        query: { ...query, ...(pageParam ? { cursor: pageParam } : {}) } as QueryOf<R>,
        signal,
      }) as Promise<Page<ItemOf<R>>>,
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    enabled: options.enabled,
  });
  return {
    rows: list.data?.pages.flatMap((page) => page.items),
    problem: list.error ? problemOf(list.error) : null,
    retry: () => void list.refetch(),
    hasMore: list.hasNextPage,
    more: () => void (list.isFetchingNextPage ? undefined : list.fetchNextPage()),
  };
}

/** One write. Its idempotency key belongs to the attempt a person made, so retries inside it cannot double it. */
export function useWrite<R extends Route>(
  route: R,
  options: { onDone?: (answer: ResponseOf<R>) => void } = {},
) {
  return useMutation({
    mutationFn: (args: CallArgs<R>) =>
      call(route, route.method === 'POST' ? { idempotencyKey: crypto.randomUUID(), ...args } : args),
    onSuccess: (answer) => {
      options.onDone?.(answer);
      void queryClient.invalidateQueries({ queryKey: [route.tag] });
    },
  });
}
