/** When something happened elsewhere, tickets … */
import type { Reaction } from '#kernel/centre.ts';
import type { Context, EventRecord } from '#kernel/command.ts';
import { systemActor } from '#kernel/actor.ts';
import { sql } from '#kernel/sql.ts';
import { channelById, conversationFacts, post } from '#modules/conversations/index.ts';
import { createCustomer } from '#modules/customers/index.ts';
import { reopenTicket } from './commands/finish.ts';
import { followUpTicket } from './commands/follow-up.ts';
import { openTicket } from './commands/open.ts';
import { resumeTicket } from './commands/wait.ts';
import { setting } from '#modules/settings/index.ts';
import { isSolved, reopenUntil } from './rules.ts';
import { asSilence, hearCustomer, waitAgain } from './silence.ts';
import { audienceOf, lockTicket } from './store.ts';
import type { TicketRow } from './store.ts';

type Contact = {
  id: string;
  customer_id: string | null;
  customer_name: string;
  subject: string;
  body: string;
};
const contact = ({ tx }: Context, id: string) =>
  tx.maybe(
    sql<Contact>`select v.id, v.customer_id, v.customer_name, v.subject, coalesce((select string_agg(m.body, E'\n' order by m.seq) from message m where m.thread_id = v.id and m.author_kind = 'customer'), '') as body from conversation v where v.id = ${id}::uuid and not exists (select 1 from ticket_conversation tc where tc.conversation_id = v.id)`,
  );

/** A contact that nobody talks to right now (mail, a message left) becomes a pool ticket, not yet classified. */
const openFor = async (context: Context, conversationId: string) => {
  const row = await contact(context, conversationId);
  const facts = await conversationFacts(context.tx, conversationId);
  if (!row || !facts) return;
  const channel = await channelById(context.tx, facts.channelId);
  const customerId =
    row.customer_id ?? (await context.send(createCustomer, { kind: 'person', name: row.customer_name })).id;
  await context.send(openTicket, {
    customerId,
    conversationId,
    channel: facts.channelKind as 'email',
    category: channel?.default_category ?? 'other',
    urgency: 'medium',
    impact: 'single',
    subject: row.subject || '（无主题）',
    description: row.body.slice(0, 20_000),
    classified: channel?.default_category !== null && channel?.default_category !== undefined,
    groupId: facts.groupId ?? undefined,
  });
};

const linked = ({ tx }: Context, conversationId: string) =>
  tx.all(
    sql<TicketRow>`select t.* from ticket_conversation tc join ticket t on t.id = tc.ticket_id where tc.conversation_id = ${conversationId}::uuid and t.status <> 'cancelled' and t.purged_at is null order by t.created_at desc`,
  );

const isOver = ({ status }: TicketRow) => status === 'closed' || status === 'archived';
/** In a talk somebody listens and decides; a letter to a closed ticket would lie there unseen. */
const talks: readonly string[] = ['webchat', 'wechat', 'phone'];

/** The customer comes back to what is over: within the reopen days it is open again, later it goes on in a new ticket. */
const cameBack = async (
  context: Context,
  row: TicketRow,
  body: string,
  conversationId?: string,
): Promise<void> => {
  const inTime =
    row.status === 'closed' && context.now <= reopenUntil(row, await setting(context.tx, 'closeRule'));
  // Words on the ticket itself have no contact that would lead on: the newest continuation hears them.
  const next =
    inTime || conversationId
      ? undefined
      : await context.tx.maybe(
          sql<TicketRow>`select o.* from ticket_link l join ticket o on o.id = l.other_id where l.ticket_id = ${row.id}::uuid and l.relation = 'continued_by' and o.status not in ('closed', 'archived', 'cancelled') order by o.created_at desc limit 1`,
        );
  if (next)
    return void (await post(
      context,
      next.id,
      'ticket',
      { visibility: 'public', authorKind: 'customer', authorName: next.customer_name, body },
      audienceOf(next),
    ));
  await (inTime
    ? context.send(reopenTicket, { id: row.id, reason: '客户来信回复' }, systemActor('tickets'))
    : context.send(
        followUpTicket,
        { id: row.id, description: body.slice(0, 19_000) || '（客户来信无正文）', conversationId },
        systemActor('tickets'),
      ));
};

/** A customer's reply: what waited for it goes on; what was solved is open again; what is over is not left lying. */
const customerWrote = async (context: Context, event: EventRecord<'message.posted'>) => {
  const { messageId } = event.data;
  const message = await context.tx.one(
    sql<{ body: string; at: number }>`select body, at from message where id = ${messageId}::uuid`,
  );
  const rows =
    event.subjectType === 'ticket'
      ? [await lockTicket(context.tx, context.actor, event.subjectId, null)]
      : await linked(context, event.subjectId);
  const live = rows.filter((row) => !isOver(row));
  const inLetter =
    event.subjectType === 'ticket' ||
    !talks.includes((await conversationFacts(context.tx, event.subjectId))?.channelKind ?? '');
  if (live.length === 0 && rows[0] && inLetter)
    await cameBack(
      context,
      rows[0],
      message.body,
      event.subjectType === 'conversation' ? event.subjectId : undefined,
    );
  for (const row of rows.filter(({ status }) => status !== 'archived')) {
    await context.tx.run(
      sql`update ticket set last_message = ${message.body.slice(0, 200)}, last_message_at = ${new Date(message.at)}, last_seq = last_seq + 1, updated_at = ${new Date(context.now)} where id = ${row.id}::uuid`,
    );
    if (row.status === 'waiting_customer')
      await context.send(resumeTicket, { id: row.id }, systemActor('tickets'));
    else if (isSolved(row.status) && row.confirmed_at === null && row.channel === 'email')
      await context.send(reopenTicket, { id: row.id, reason: '客户来信回复' }, systemActor('tickets'));
    else if (row.silent_since !== null) await context.send(hearCustomer, { id: row.id }, asSilence);
  }
};

export const reactions: Reaction[] = [
  {
    name: 'tickets.open-for-contact',
    on: ['conversation.left_message'],
    react: (context, event) => openFor(context, event.subjectId),
  },
  {
    name: 'tickets.open-for-mail',
    on: ['conversation.opened'],
    react: async (context, event) => {
      const facts = await conversationFacts(context.tx, event.subjectId);
      if (facts?.channelKind === 'email') await openFor(context, event.subjectId);
    },
  },
  {
    name: 'tickets.customer-wrote',
    on: ['message.posted'],
    react: async (context, event) => {
      const posted = event as EventRecord<'message.posted'>;
      if (
        posted.data.authorKind === 'customer' &&
        posted.data.visibility === 'public' &&
        !posted.data.automatic
      )
        await customerWrote(context, posted);
    },
  },
  {
    // The first human words in a chat that already has a ticket are a contact and progress of it.
    name: 'tickets.agent-spoke',
    on: ['message.posted'],
    react: async (context, event) => {
      const posted = event as EventRecord<'message.posted'>;
      if (posted.data.authorKind !== 'agent' || posted.data.visibility !== 'public' || posted.data.automatic)
        return;
      if (posted.subjectType === 'ticket')
        return void (await context.send(waitAgain, { id: posted.subjectId }, asSilence));
      for (const row of await linked(context, posted.subjectId)) {
        await context.send(waitAgain, { id: row.id }, asSilence);
        if (row.contacted_at !== null && row.contacted_at <= posted.at) continue;
        await context.tx.run(
          sql`update ticket set contacted_at = coalesce(contacted_at, ${new Date(posted.at)}) where id = ${row.id}::uuid`,
        );
        // After the solution of a complaint a call is owed; words in a chat are none (SD4-21).
        if (row.is_complaint && isSolved(row.status)) continue;
        context.emit('ticket.contacted', 'ticket', row.id, { by: posted.actorId }, audienceOf(row));
      }
    },
  },
];
