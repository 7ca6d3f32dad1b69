import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { listMessages, type MessageView } from '#contracts/routes/conversations.ts';
import { listTicketMessages } from '#contracts/routes/tickets.ts';
import { call, problemOf } from '../../api.ts';
import { queryClient } from '../../query.ts';
import { withNewest, withOlder, type Thread } from '../../thread.ts';

export type TalkOf = 'conversation' | 'ticket';

const routeOf = { conversation: listMessages, ticket: listTicketMessages } as const;
const pageSize = 50;

/** Under the tag of its owner, so that an event of the talk makes it read again. */
export const talkKey = (of: TalkOf, id: string) => [routeOf[of].tag, routeOf[of].path, id, 'talk'] as const;

const page = (of: TalkOf, id: string, cursor?: string, signal?: AbortSignal) =>
  call(routeOf[of], {
    params: { id },
    query: { limit: pageSize, ...(cursor ? { cursor } : {}) },
    signal,
  });

/**
 * The messages of a conversation or ticket, oldest first, read on as events come; older ones by `loadOlder`.
 * `seed` are messages another answer has brought already (the ticket page): then nothing is read until asked for.
 */
export function useTalk(of: TalkOf, id: string, seed?: MessageView[]) {
  const key = talkKey(of, id);
  const [asked, setAsked] = useState(false);
  const query = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) =>
      withNewest(queryClient.getQueryData<Thread>(key), await page(of, id, undefined, signal)),
    enabled: seed === undefined || asked,
  });
  const [loading, setLoading] = useState(false);
  const loadOlder = async () => {
    const thread = queryClient.getQueryData<Thread>(key);
    if (!thread) return setAsked(true);
    if (loading || !thread.older) return;
    setLoading(true);
    try {
      const older = await page(of, id, thread.older);
      queryClient.setQueryData<Thread>(key, (known) => (known ? withOlder(known, older) : known));
    } finally {
      setLoading(false);
    }
  };
  const messages = useMemo(() => union(query.data?.messages, seed), [query.data, seed]);
  return {
    messages,
    problem: query.error && !query.data ? problemOf(query.error) : null,
    isPending: seed === undefined && query.isPending,
    retry: () => void query.refetch(),
    hasOlder: query.data ? query.data.older != null : seed !== undefined && seed.length >= 20,
    loadOlder: () => void loadOlder().catch(() => undefined),
  };
}

export type Talk = ReturnType<typeof useTalk>;

function union(known: MessageView[] | undefined, seed: MessageView[] | undefined): MessageView[] {
  if (!seed) return known ?? [];
  const ids = new Set(seed.map(({ id }) => id));
  return [...(known ?? []).filter(({ id }) => !ids.has(id)), ...seed].toSorted(
    (a, b) => a.at.localeCompare(b.at) || a.seq - b.seq,
  );
}
