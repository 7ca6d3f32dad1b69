import { useTranslation } from 'react-i18next';
import type { BodyOf, ResponseOf, Route } from '#contracts/route.ts';
import type { Permission } from '#contracts/permissions.ts';
import { getTicketPage, type TicketRowView, type TicketView } from '#contracts/routes/tickets.ts';
import { useToast } from '#ui/toast.tsx';
import { call, problemOf, type CallArgs } from '../../api.ts';
import { keep, queryClient } from '../../query.ts';
import { inReach, useSession } from '../identity/session.ts';

/** Lays a newer ticket over the page that shows it, and makes everything else about tickets read again. */
export function showTicket(id: string, change: Partial<TicketView>): void {
  keep(getTicketPage, { params: { id } }, (page) =>
    page ? { ...page, ticket: { ...page.ticket, ...change } } : page,
  );
}
const fresh = () => {
  void queryClient.invalidateQueries({ queryKey: ['tickets'] });
  void queryClient.invalidateQueries({ queryKey: ['conversations'] });
};

/** Does a verb of a ticket; answers the ticket after it, or throws. */
export async function doVerb<R extends Route>(
  route: R,
  id: string,
  body: BodyOf<R>,
  more: { ifMatch?: number } = {},
): Promise<TicketView> {
  const args = { params: { id }, body, idempotencyKey: crypto.randomUUID(), ...more } as CallArgs<R>;
  const ticket = (await call(route, args)) as ResponseOf<R> & TicketView;
  if (ticket.id === id) showTicket(id, ticket);
  fresh();
  return ticket;
}

/** A verb without questions: the screen follows at once and goes back if the server refuses. */
export function useQuickVerb() {
  const { t } = useTranslation();
  const toast = useToast();
  return async <R extends Route>(
    route: R,
    ticket: Pick<TicketView, 'id' | 'status'>,
    done: string,
    ahead: Partial<TicketView> = {},
  ): Promise<boolean> => {
    const before = queryClient.getQueryData<ResponseOf<typeof getTicketPage>>([
      getTicketPage.tag,
      getTicketPage.path,
      ticket.id,
      null,
    ])?.ticket;
    showTicket(ticket.id, ahead);
    try {
      await doVerb(route, ticket.id, {} as BodyOf<R>);
      toast.done(t(done));
      return true;
    } catch (error) {
      if (before) showTicket(ticket.id, before);
      fresh();
      toast.failed(problemOf(error));
      return false;
    }
  };
}

type Reachable = Pick<TicketRowView, 'assigneeId' | 'accountableId' | 'groupId'>;

/** Which permissions of mine reach this ticket. */
export function useReach(ticket: Reachable): (permission: Permission) => boolean {
  const { me } = useSession();
  const { assigneeId, accountableId, groupId } = ticket;
  return (permission) => inReach(me, permission, { owners: [assigneeId, accountableId], groupId });
}
