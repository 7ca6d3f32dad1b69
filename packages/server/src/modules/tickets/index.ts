/** Tickets: the work and its promises. The only door for other modules. */
import type { Part } from '#kernel/centre.ts';
import { systemActor } from '#kernel/actor.ts';
import { given } from '#kernel/given.ts';
import { at, sql } from '#kernel/sql.ts';
import type { Tx } from '#kernel/sql.ts';
import type { Priority } from '#contracts/words.ts';
import { archiveTicket } from './commands/archive.ts';
import { closeTicket, remindTicket } from './commands/finish.ts';
import { resumeTicket } from './commands/wait.ts';
import { progressLink, progressPage } from './progress-link.ts';
import { reactions } from './reactions.ts';
import { ticketRoutes } from './routes.ts';
import { viewRoutes } from './view-routes.ts';
import { asSilence, silence, silenceWake } from './silence.ts';

export { openTicket } from './commands/open.ts';
export { changeTicket } from './commands/change.ts';
export {
  assignTicket,
  claimTicket,
  escalateTicket,
  makeAccountable,
  raiseLevel,
  startTicket,
} from './commands/hand-over.ts';
export {
  closeTicket,
  confirmTicket,
  remindTicket,
  reopenTicket,
  resolveTicket,
  verifyTicket,
  cancelTicket,
} from './commands/finish.ts';
export { holdTicket, requestInfo, resumeTicket } from './commands/wait.ts';
export { followUpTicket } from './commands/follow-up.ts';
export { linkConversation } from './commands/link-conversation.ts';
export { purgeTicket } from './commands/purge.ts';
export { keepView } from './commands/keep-view.ts';
export { urgeTicket } from './commands/urge.ts';
export { writeMessage } from './commands/write.ts';
export { archiveTicket };
export { plugClocks } from './clocks.ts';
export type { Clocks } from './clocks.ts';
export { listTickets } from './queries/list.ts';
export { markedTickets, sumTickets } from './queries/counted.ts';
export { markSql } from './marks.ts';
export { lockTicket, mayRead, reachTickets } from './store.ts';
export { ticketsSaying } from './queries/saying.ts';
export { ticketById } from './queries/view.ts';

export { reopenUntil } from './rules.ts';
export { noteFacts, ticketFacts } from './facts.ts';
export { progressPass, ticketOfPass } from './progress-link.ts';
export type { TicketFacts } from './facts.ts';

export type NextDue = { ticketId: string; dueAt: number | null; kind: string | null; state: string | null };
const nextDues = given({ id: 'uuid', due_at: 'timestamptz', kind: 'text', state: 'text' });
/** Keeps the nearest clock on the ticket row, so that lists need no join. One statement for many. */
export const setNextDue = (tx: Tx, rows: readonly NextDue[]): Promise<void> =>
  tx.later(sql`
  update ticket t set next_due_at = n.due_at, next_due_kind = n.kind, next_due_state = n.state
  from ${nextDues.of(rows.map(({ ticketId, dueAt, kind, state }) => ({ id: ticketId, due_at: at(dueAt), kind, state })))} n
  where t.id = n.id and (t.next_due_at, t.next_due_kind, t.next_due_state) is distinct from (n.due_at, n.kind, n.state)`);

export type TicketMail = {
  number: string;
  subject: string;
  priority: Priority;
  customerId: string;
  customerName: string;
  email: string | null;
  locale: 'zh-CN';
  /** The page that asks for the digits of the telephone. */ progressUrl: string;
  /** For the customer's own address only: it opens the progress without digits. */ ownProgressUrl: string;
  conversationId: string | null;
};
/** What a mail about a ticket may say, and to whom it goes. */
export const ticketMailContext = async (
  tx: Tx,
  id: string,
  config: { publicUrl: string; secret: string },
  now: number,
): Promise<TicketMail | undefined> => {
  const row = await tx.maybe(sql<Omit<TicketMail, 'progressUrl' | 'ownProgressUrl' | 'locale'>>`
    select t.number, t.subject, t.priority, t.customer_id as "customerId", t.customer_name as "customerName",
      (select i.value from customer_identity i where i.customer_id = t.customer_id and i.kind = 'email' and i.valid order by i.preferred desc, i.created_at limit 1) as email,
      (select v.id from ticket_conversation tc join conversation v on v.id = tc.conversation_id where tc.ticket_id = t.id order by v.opened_at desc limit 1) as "conversationId"
    from ticket t where t.id = ${id}::uuid`);
  return (
    row && {
      ...row,
      locale: 'zh-CN',
      progressUrl: progressPage(config, row.number),
      ownProgressUrl: progressLink(config, { id, number: row.number }, now),
    }
  );
};

export const tickets: Part = {
  name: 'tickets',
  subjects: {
    view: { permission: 'ticket.read' },
    ticket: {
      permission: 'ticket.read',
      ownership: (tx, id) =>
        tx.maybe(
          sql<{
            owners: (string | null)[];
            groupId: string | null;
            channelId: string | null;
          }>`select array[assignee_id, accountable_id] as owners, group_id as "groupId", channel_id as "channelId" from ticket where id = ${id}::uuid`,
        ),
    },
  },
  routes: [...ticketRoutes, ...viewRoutes],
  reactions,
  due: {
    [silence]: silenceWake({
      remind: (context, id) => context.send(remindTicket, { id }, asSilence),
      close: (context, id) => context.send(closeTicket, { id }, asSilence),
    }),
    'tickets.archive': async (context, { key }) => {
      const row = await context.tx.maybe(
        sql<{ status: string }>`select status from ticket where id = ${key}::uuid`,
      );
      if (row?.status === 'closed') await context.send(archiveTicket, { id: key }, systemActor('archive'));
    },
    'tickets.hold-until': async (context, { key }) => {
      const row = await context.tx.maybe(
        sql<{ status: string }>`select status from ticket where id = ${key}::uuid`,
      );
      if (row?.status === 'suspended') await context.send(resumeTicket, { id: key }, systemActor('hold'));
    },
  },
};
