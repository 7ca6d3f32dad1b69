import type { TicketPageView, TicketView } from '#contracts/routes/tickets.ts';
import type { Actor } from '#kernel/actor.ts';
import { userId } from '#kernel/actor.ts';
import type { Centre } from '#kernel/centre.ts';
import { notFound } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import type { Tx } from '#kernel/sql.ts';
import { messagesWhere, toMessage } from '#modules/conversations/index.ts';
import { customerById, showIdentities } from '#modules/customers/index.ts';
import { mayRead, ticketsWhere, toRowView } from '../store.ts';
import type { JoinedTicket } from '../store.ts';
import { clocks } from '../clocks.ts';

const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
type Around = { conversations: string[]; links: TicketView['links'] };

/** What stands around a ticket, in one round trip; a complaint about the reader is not named to them. */
const around = (tx: Tx, actor: Actor, id: string) =>
  tx.one(sql<Around>`
  select coalesce((select array_agg(tc.conversation_id) from ticket_conversation tc where tc.ticket_id = ${id}::uuid), '{}') as conversations,
    coalesce((select jsonb_agg(jsonb_build_object('id', o.id, 'number', o.number, 'relation', l.relation, 'status', o.status, 'subject', o.subject) order by o.number) from ticket_link l join ticket o on o.id = l.other_id where l.ticket_id = ${id}::uuid and o.accused_id is distinct from ${userId(actor)}::uuid), '[]')
    || coalesce((select jsonb_agg(jsonb_build_object('id', o.id, 'number', o.number, 'relation', 'child', 'status', o.status, 'subject', o.subject) order by o.number) from ticket o where o.parent_id = ${id}::uuid and o.accused_id is distinct from ${userId(actor)}::uuid and not exists (select 1 from ticket_link l where l.ticket_id = ${id}::uuid and l.other_id = o.id)), '[]') as links`);

const toView = (
  centre: Centre,
  row: JoinedTicket,
  { conversations, links }: Around,
  deadlines: TicketView['deadlines'],
): TicketView => ({
  ...toRowView(row),
  description: row.description,
  urgency: row.urgency,
  impact: row.impact,
  affectedUsers: row.affected_users,
  lossAmount: row.loss_amount,
  priorityWhy: row.priority_why,
  product: row.product,
  needsCertificate: row.needs_certificate,
  fields: row.fields,
  deadlines,
  conversationIds: conversations,
  resolution: row.resolution,
  verification: row.verification,
  firstContact: row.first_contact,
  confirmedAt: iso(row.confirmed_at),
  closedAt: iso(row.closed_at),
  closeReason: row.close_reason,
  archivedAt: iso(row.archived_at),
  holdReason: row.hold_reason,
  policyVersion: row.policy_version,
  confirmed: row.confirmed_fields,
  mergedInto: row.merged_into,
  links,
  publicUrl: `${centre.config.publicUrl}/portal/progress#${row.number}`,
  version: row.version,
});

/** One ticket the actor may read; 404 otherwise. */
export const ticketById = async (
  centre: Centre,
  actor: Actor,
  id: string,
  tx: Tx = centre.db,
): Promise<TicketView> => {
  const [[row], near, deadlines] = await Promise.all([
    ticketsWhere(tx, actor, sql`t.id = ${id}::uuid and ${mayRead(actor)}`),
    around(tx, actor, id),
    clocks.of(tx, [id], centre.db),
  ]);
  if (!row) throw notFound();
  return toView(centre, row, near, deadlines.get(id) ?? []);
};

/** The case page in one answer: ticket, customer card, newest 20 messages. The reads run side by side. */
export const ticketPage = async (centre: Centre, actor: Actor, id: string): Promise<TicketPageView> => {
  const [row] = await ticketsWhere(centre.db, actor, sql`t.id = ${id}::uuid and ${mayRead(actor)}`);
  if (!row) throw notFound();
  const [near, deadlines, customer, open, messages] = await Promise.all([
    around(centre.db, actor, id),
    clocks.of(centre.db, [id]),
    customerById(centre.db, row.customer_id),
    centre.db.one(
      sql<{
        n: number;
      }>`select count(*)::int as n from ticket where customer_id = ${row.customer_id}::uuid and status not in ('closed', 'archived', 'cancelled')`,
    ),
    messagesWhere(
      centre.db,
      sql`m.thread_id in (select ${id}::uuid union all select conversation_id from ticket_conversation where ticket_id = ${id}::uuid) order by m.at desc, m.id desc limit 20`,
    ),
  ]);
  return {
    ticket: toView(centre, row, near, deadlines.get(id) ?? []),
    customer: {
      id: customer!.id,
      number: customer!.number,
      name: customer!.name,
      kind: customer!.kind,
      level: customer!.level,
      company: customer!.company,
      contactName: customer!.contact_name,
      tags: customer!.tags,
      serviceHint: customer!.service_hint,
      remark: customer!.remark,
      identities: showIdentities(actor, customer!.identities),
      openTickets: open.n,
    },
    messages: messages.map((message) => toMessage(centre, message)),
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
