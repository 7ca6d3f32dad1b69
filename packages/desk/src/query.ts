import {
  keepPreviousData,
  QueryCache,
  QueryClient,
  useInfiniteQuery,
  useMutation,
  useQuery,
} from '@tanstack/react-query';
import { useMemo } from 'react';
import type { QueryOf, ResponseOf, Route } from '#contracts/route.ts';
import { ApiProblem, call, problemOf, type CallArgs } from './api.ts';

/** `[tag, path, id, query]`: what realtime.ts invalidates by, so a key never has to be remembered by hand. */
export function keyOf<R extends Route>(route: R, args: Pick<CallArgs<R>, 'params' | 'query'> = {}) {
  const { id = null, ...others } = (args.params ?? {}) as { id?: string | null };
  // What is named by something else than an id (a playbook by its key) is told apart like a query.
  const query =
    Object.keys(others).length > 0 ? { ...(args.query as object), ...others } : (args.query ?? null);
  return [route.tag, route.path, id, query] as const;
}

/** Worth asking for again before anybody is bothered: the server was away, or something went wrong inside it once. */
const mayPass = (error: Error) =>
  error instanceof ApiProblem && [0, 500, 502, 503].includes(error.problem.status);

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
      retry: (count, error) => count < 2 && mayPass(error),
    },
    mutations: { networkMode: 'always' },
  },
});

type ReadOptions = {
  enabled?: boolean;
  refetchSeconds?: number;
  /** Keeps what was shown while another page or filter is fetched. */
  keep?: boolean;
  staleSeconds?: number;
};

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
    staleTime: options.staleSeconds === undefined ? undefined : options.staleSeconds * 1000,
    placeholderData: options.keep ? keepPreviousData : undefined,
    refetchInterval: options.refetchSeconds ? options.refetchSeconds * 1000 : false,
  });
}

type Page<Item> = { items: Item[]; nextCursor: string | null };
type ItemOf<R extends Route> = ResponseOf<R> extends Page<infer Item> ? Item : never;

/** Puts an answer where `useRead` of the same arguments finds it. */
export function keep<R extends Route>(
  route: R,
  args: Pick<CallArgs<R>, 'params' | 'query'>,
  change: (before: ResponseOf<R> | undefined) => ResponseOf<R> | undefined,
): void {
  queryClient.setQueryData<ResponseOf<R>>(keyOf(route, args), (before) => change(before));
}

/** A keyset list, page after page, as one flat array. `params` when it is the list of one object. */
export function useList<R extends Route>(
  route: R,
  query: Omit<QueryOf<R>, 'cursor'>,
  options: ReadOptions & Pick<CallArgs<R>, 'params'> = {},
) {
  const list = useInfiniteQuery({
    queryKey: [...keyOf(route, { params: options.params, query: query as QueryOf<R> }), 'list'] as const,
    queryFn: ({ pageParam, signal }) =>
      call(route, {
        params: options.params,
        query: { ...query, ...(pageParam ? { cursor: pageParam } : {}) } as QueryOf<R>,
        signal,
      }) as Promise<Page<ItemOf<R>>>,
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    enabled: options.enabled,
    placeholderData: options.keep ? keepPreviousData : undefined,
    refetchInterval: options.refetchSeconds ? options.refetchSeconds * 1000 : false,
  });
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items), [list.data]);
  return {
    rows,
    /** What the answer tells beside its rows: a number of all of them, for example. */
    first: list.data?.pages[0] as ResponseOf<R> | undefined,
    /** What is shown belongs to the filter before; the new one is on its way. */
    outdated: list.isPlaceholderData,
    /** The name of the list these rows are of; unknown while they are outdated. */
    of: list.isPlaceholderData ? undefined : JSON.stringify(query),
    error: list.error,
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
