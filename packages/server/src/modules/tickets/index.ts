/** Tickets: the work and its promises. The only door for other modules. */
import type { Part } from '#kernel/centre.ts';
import { systemActor } from '#kernel/actor.ts';
import { json, sql } from '#kernel/sql.ts';
import type { Tx } from '#kernel/sql.ts';
import type { CustomerLevel, ChannelKind, Priority, TicketStatus } from '#contracts/words.ts';
import { archiveTicket } from './commands/archive.ts';
import { resumeTicket } from './commands/wait.ts';
import { reactions } from './reactions.ts';
import { ticketRoutes } from './routes.ts';

export { openTicket } from './commands/open.ts';
export { changeTicket } from './commands/change.ts';
export { assignTicket, claimTicket, escalateTicket, raiseLevel, startTicket } from './commands/hand-over.ts';
export { closeTicket, confirmTicket, remindTicket, reopenTicket, resolveTicket, verifyTicket, cancelTicket } from './commands/finish.ts';
export { holdTicket, requestInfo, resumeTicket } from './commands/wait.ts';
export { urgeTicket } from './commands/urge.ts';
export { writeMessage } from './commands/write.ts';
export { archiveTicket };
export { plugClocks } from './clocks.ts';
export { listTickets } from './queries/list.ts';
export { ticketById } from './queries/view.ts';

export type TicketFacts = { id: string; channel: ChannelKind; category: string; priority: Priority; customerLevel: CustomerLevel; groupId: string | null; assigneeId: string | null; accountableId: string | null; customerId: string; channelId: string | null; isComplaint: boolean; isEmergency: boolean; severe: boolean; createdAt: number; startedAt: number | null; contactedAt: number | null; resolvedAt: number | null; status: TicketStatus; policyVersion: number; nextDueKind: string | null; nextDueAt: number | null; number: string; subject: string };
/**
 * What policies, clocks and notices need to know; no personal data. With `lock: 'free'` only those that nobody is
 * changing right now, and they stay ours until the transaction ends; it never waits.
 */
export const ticketFacts = (tx: Tx, ids: readonly string[], { lock }: { lock?: 'free' } = {}): Promise<TicketFacts[]> => tx.all(sql<TicketFacts>`
  select id, channel, category, priority, customer_level as "customerLevel", group_id as "groupId", assignee_id as "assigneeId", accountable_id as "accountableId", customer_id as "customerId", channel_id as "channelId", is_complaint as "isComplaint", is_emergency as "isEmergency", coalesce((fields ->> 'severe')::boolean, false) as severe,
    created_at as "createdAt", started_at as "startedAt", contacted_at as "contactedAt", resolved_at as "resolvedAt", status, policy_version as "policyVersion", next_due_kind as "nextDueKind", next_due_at as "nextDueAt", number, subject
  from ticket where id = any(${ids}::uuid[]) ${lock === 'free' ? sql`for no key update skip locked` : sql``}`);

export type NextDue = { ticketId: string; dueAt: number | null; kind: string | null; state: string | null };
/** Keeps the nearest clock on the ticket row, so that lists need no join. One statement for many. */
export const setNextDue = (tx: Tx, rows: readonly NextDue[]): Promise<number> => tx.run(sql`
  update ticket t set next_due_at = n.due_at, next_due_kind = n.kind, next_due_state = n.state
  from jsonb_to_recordset(${json(rows.map(({ ticketId, dueAt, kind, state }) => ({ id: ticketId, due_at: dueAt === null ? null : new Date(dueAt).toISOString(), kind, state })))}::jsonb) as n(id uuid, due_at timestamptz, kind text, state text)
  where t.id = n.id and (t.next_due_at, t.next_due_kind, t.next_due_state) is distinct from (n.due_at, n.kind, n.state)`);

export type TicketMail = { number: string; subject: string; priority: Priority; customerId: string; customerName: string; email: string | null; locale: 'zh-CN'; progressUrl: string; conversationId: string | null };
/** What a mail about a ticket may say, and to whom it goes. */
export const ticketMailContext = async (tx: Tx, id: string, publicUrl: string): Promise<TicketMail | undefined> => {
  const row = await tx.maybe(sql<Omit<TicketMail, 'progressUrl' | 'locale'>>`
    select t.number, t.subject, t.priority, t.customer_id as "customerId", t.customer_name as "customerName",
      (select i.value from customer_identity i where i.customer_id = t.customer_id and i.kind = 'email' and i.valid order by i.preferred desc, i.created_at limit 1) as email,
      (select v.id from ticket_conversation tc join conversation v on v.id = tc.conversation_id where tc.ticket_id = t.id order by v.opened_at desc limit 1) as "conversationId"
    from ticket t where t.id = ${id}::uuid`);
  return row && { ...row, locale: 'zh-CN', progressUrl: `${publicUrl}/portal/progress#${row.number}` };
};

export const tickets: Part = {
  name: 'tickets',
  subjects: {
    ticket: {
      permission: 'ticket.read',
      ownership: (tx, id) => tx.maybe(sql<{ owners: (string | null)[]; groupId: string | null; channelId: string | null }>`select array[assignee_id, accountable_id] as owners, group_id as "groupId", channel_id as "channelId" from ticket where id = ${id}::uuid`),
    },
  },
  routes: ticketRoutes,
  reactions,
  due: {
    'tickets.archive': async (context, { key }) => {
      const row = await context.tx.maybe(sql<{ status: string }>`select status from ticket where id = ${key}::uuid`);
      if (row?.status === 'closed') await context.send(archiveTicket, { id: key }, systemActor('archive'));
    },
    'tickets.hold-until': async (context, { key }) => {
      const row = await context.tx.maybe(sql<{ status: string }>`select status from ticket where id = ${key}::uuid`);
      if (row?.status === 'suspended') await context.send(resumeTicket, { id: key }, systemActor('hold'));
    },
  },
};
