import type { TicketPageView, TicketView } from '#contracts/routes/tickets.ts';
import type { Actor } from '#kernel/actor.ts';
import { userId } from '#kernel/actor.ts';
import type { Centre } from '#kernel/centre.ts';
import { notFound } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import type { SqlFragment, Tx } from '#kernel/sql.ts';
import { messageRows, newestMessages, toMessage } from '#modules/conversations/index.ts';
import { customerCards, showIdentities } from '#modules/customers/index.ts';
import type { CustomerCard } from '#modules/customers/index.ts';
import { fromTickets, mayRead, ticketRows } from '../store.ts';
import { clocks } from '../clocks.ts';

type Link = TicketView['links'][number];
/** What a ticket's view is made of, each an expression of one statement. */
type Parts = { ticket: unknown; conversations: string[]; links: Link[]; deadlines: unknown };

/** A complaint about the reader is not named to them among the links. */
const parts = (actor: Actor, id: string): SqlFragment => sql`
  ${ticketRows.of(fromTickets(actor, sql`t.id = ${id}::uuid and ${mayRead(actor)}`))} as ticket,
  coalesce((select json_agg(tc.conversation_id) from ticket_conversation tc where tc.ticket_id = ${id}::uuid), '[]') as conversations,
  coalesce((select jsonb_agg(jsonb_build_object('id', o.id, 'number', o.number, 'relation', l.relation, 'status', o.status, 'subject', o.subject) order by o.number) from ticket_link l join ticket o on o.id = l.other_id where l.ticket_id = ${id}::uuid and o.accused_id is distinct from ${userId(actor)}::uuid), '[]')
  || coalesce((select jsonb_agg(jsonb_build_object('id', o.id, 'number', o.number, 'relation', 'child', 'status', o.status, 'subject', o.subject) order by o.number) from ticket o where o.parent_id = ${id}::uuid and o.accused_id is distinct from ${userId(actor)}::uuid and not exists (select 1 from ticket_link l where l.ticket_id = ${id}::uuid and l.other_id = o.id)), '[]') as links,
  ${clocks.rowsOf(id)} as deadlines`;

const toView = async (
  centre: Centre,
  { ticket, conversations, links, deadlines }: Parts,
): Promise<TicketView> => {
  const [core] = ticketRows.read(ticket);
  if (!core) throw notFound();
  return {
    ...core,
    deadlines: await clocks.shown(centre.db, deadlines),
    conversationIds: conversations,
    links,
    publicUrl: `${centre.config.publicUrl}/portal/progress#${core.number}`,
  };
};

/** One ticket the actor may read; 404 otherwise. One statement. */
export const ticketById = async (
  centre: Centre,
  actor: Actor,
  id: string,
  tx: Tx = centre.db,
): Promise<TicketView> => toView(centre, await tx.one(sql<Parts>`select ${parts(actor, id)}`));

type PageParts = Parts & { customer: unknown; open: number; messages: unknown };
/** The case page: ticket, customer card, newest 20 messages. One statement. */
export const ticketPage = async (centre: Centre, actor: Actor, id: string): Promise<TicketPageView> => {
  const customerId = sql`(select customer_id from ticket where id = ${id}::uuid)`;
  const threads = sql`select ${id}::uuid as id union all select conversation_id from ticket_conversation where ticket_id = ${id}::uuid`;
  const row = await centre.db.one(sql<PageParts>`select ${parts(actor, id)},
    ${customerCards.of(sql`from customer c where c.id = ${customerId}`)} as customer,
    (select count(*)::int from ticket where customer_id = ${customerId} and status not in ('closed', 'archived', 'cancelled')) as open,
    ${messageRows.of(newestMessages(threads, 20))} as messages`);
  // Refuses what the actor may not read before anything of it is told.
  const ticket = await toView(centre, row);
  const [{ identities, ...customer }] = customerCards.read(row.customer) as [CustomerCard];
  return {
    ticket,
    customer: { ...customer, identities: showIdentities(actor, identities), openTickets: row.open },
    messages: messageRows.read(row.messages).map((message) => toMessage(centre, message)),
    serverTime: new Date(centre.clock.now()).toISOString(),
  };
};

/** The ticket's own thread and its conversations' threads. */
export const threadsOf = async (centre: Centre, id: string): Promise<string[]> => [
  id,
  ...(
    await centre.db.all(
      sql<{
        id: string;
      }>`select conversation_id as id from ticket_conversation where ticket_id = ${id}::uuid`,
    )
  ).map((row) => row.id),
];
