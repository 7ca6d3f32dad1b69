/** What we write by mail: agents' replies, the acknowledgement (SD1-04), and mails that other modules order. */
import type { Reaction } from '#kernel/centre.ts';
import type { Context, EventRecord } from '#kernel/command.ts';
import { sql } from '#kernel/sql.ts';
import {
  channelById,
  audienceOf,
  lockConversation,
  markDelivery,
  openLetter,
  post,
} from '#modules/conversations/index.ts';
import type { ChannelRow } from '#modules/conversations/index.ts';
import { keepBlob } from '#modules/files/index.ts';
import { customerRef } from '#modules/customers/index.ts';
import { setting } from '#modules/settings/index.ts';
import { ticketMailContext } from '#modules/tickets/index.ts';
import type { TicketMail } from '#modules/tickets/index.ts';
import type { EmailAddress } from './address.ts';
import { parseAddress } from './address.ts';
import { mayAnswer, queueMail } from './outbox.ts';
import { correspondentOf, outgoingChannel } from './store.ts';
import { wordingOf } from './templates.ts';
import type { TemplateContext } from './templates.ts';
import { say } from './texts.ts';

/** `own`: the mail goes to the customer's address and nowhere else. */
const ticketWords = (mail: TicketMail | undefined, { subject = '', own = false } = {}) => ({
  number: mail?.number ?? '',
  subject: (mail?.subject ?? subject).replace(/^(?:(?:Re|回复|答复)\s*[::]\s*)+/i, ''),
  priority: mail?.priority ?? '',
  progressUrl: (own ? mail?.ownProgressUrl : mail?.progressUrl) ?? '',
});

const centreWords = async ({ tx }: Context) => {
  const { company, companyEn, hotline } = await setting(tx, 'centre');
  return { company, companyEn, hotline };
};

const wording = async (context: Context, key: string, locale: string, given: Partial<TemplateContext>) =>
  wordingOf((await setting(context.tx, 'templates')).items, key, locale, {
    centre: await centreWords(context),
    ...given,
  });

type Way = {
  channel: ChannelRow;
  threadId: string;
  recipient: EmailAddress;
  /** The thread came by mail. */ byMail: boolean;
};

/** Ways in that have a screen of their own to answer on; an answer elsewhere goes out by mail when an address is known. */
const answersItself: ReadonlySet<string> = new Set(['webchat', 'wechat']);

/**
 * By which mailbox, in which thread and to whom a ticket is written: its conversation's own mailbox when it came by
 * mail; else the general mailbox and the customer's address.
 */
const wayTo = async ({ tx }: Context, ticketId: string, mail: TicketMail): Promise<Way | undefined> => {
  const conversation = mail.conversationId
    ? await tx.maybe(
        sql<{
          channel_id: string;
          channel_kind: string;
        }>`select channel_id, channel_kind from conversation where id = ${mail.conversationId}::uuid`,
      )
    : undefined;
  const threadId =
    conversation && !answersItself.has(conversation.channel_kind) ? mail.conversationId! : ticketId;
  const byMail = conversation?.channel_kind === 'email';
  const channel = byMail ? await channelById(tx, conversation.channel_id) : await outgoingChannel(tx);
  const recipient = (await correspondentOf(tx, threadId)) ?? parseAddress(mail.email);
  return channel && recipient ? { channel, threadId, recipient, byMail } : undefined;
};

/** The same for a conversation, which may have no ticket yet. */
const wayOfConversation = async (
  context: Context,
  id: string,
  mail: TicketMail | undefined,
): Promise<Way | undefined> => {
  const row = await lockConversation(context.tx, id);
  if (answersItself.has(row.channel_kind)) return undefined;
  const byMail = row.channel_kind === 'email';
  const channel = byMail ? await channelById(context.tx, row.channel_id) : await outgoingChannel(context.tx);
  const recipient = (await correspondentOf(context.tx, id)) ?? parseAddress(mail?.email);
  return channel && recipient ? { channel, threadId: id, recipient, byMail } : undefined;
};

type Posted = {
  id: string;
  author_kind: string;
  author_name: string;
  body: string;
  delivery: string;
  visibility: string;
};

/** An agent's words in a mail conversation, or on a ticket that has no other way to its customer. */
const reply = async (context: Context, event: EventRecord<'message.posted'>): Promise<void> => {
  const { tx, centre } = context;
  const { messageId, of, visibility, authorKind } = event.data;
  if (visibility !== 'public' || (authorKind !== 'agent' && authorKind !== 'system')) return;
  const message = await tx.maybe(
    sql<Posted>`select id, author_kind, author_name, body, delivery, visibility from message m where id = ${messageId}::uuid and not exists (select 1 from outbound_mail o where o.message_id = m.id)`,
  );
  if (!message) return;
  const ticketId =
    of === 'ticket'
      ? event.subjectId
      : (
          await tx.maybe(
            sql<{
              ticket_id: string;
            }>`select ticket_id from ticket_conversation where conversation_id = ${event.subjectId}::uuid limit 1`,
          )
        )?.ticket_id;
  const mail = ticketId ? await ticketMailContext(tx, ticketId, centre.config, context.now) : undefined;
  const way =
    of === 'conversation'
      ? await wayOfConversation(context, event.subjectId, mail)
      : mail && (await wayTo(context, event.subjectId, { ...mail, conversationId: null }));
  if (!way && message.delivery === 'queued')
    return markDelivery(context, messageId, 'failed', say('noAddress'), event.audience);
  if (!way) return;
  const subject = of === 'conversation' ? (await lockConversation(tx, event.subjectId)).subject : '';
  const words = await wording(context, 'reply', mail?.locale ?? 'zh-CN', {
    ticket: ticketWords(mail, { subject, own: true }),
    customer: { name: mail?.customerName ?? '' },
    agent: { name: message.author_name },
    message: { body: message.body },
  });
  if (!words) return;
  const queued = await queueMail(context, {
    ...words,
    ...way,
    purpose: 'reply',
    automatic: event.data.automatic ?? false,
    messageId,
  });
  if (queued && message.delivery !== 'queued') await markDelivery(context, messageId, 'queued');
};

/** Whether the mail that opened a conversation may be answered by a machine. Other ways in have no such mail. */
const sourceMayBeAnswered = async ({ tx }: Context, conversationId: string): Promise<boolean> => {
  const row = await tx.maybe(
    sql<{
      may_answer: boolean;
    }>`select r.may_answer from message m join inbound_raw r on r.message_id = m.id where m.thread_id = ${conversationId}::uuid order by m.seq limit 1`,
  );
  return row?.may_answer ?? false;
};

/**
 * SD1-04: fixed words with the number, once per conversation, at most once an hour and three times a day per address,
 * never to a machine. Sent after the ticket exists, because it names it.
 */
const acknowledge = async (context: Context, event: EventRecord<'ticket.opened'>): Promise<void> => {
  const { tx, centre } = context;
  if (event.data.channel !== 'email' && event.data.channel !== 'portal') return;
  const mail = await ticketMailContext(tx, event.subjectId, centre.config, context.now);
  const way = mail && (await wayTo(context, event.subjectId, mail));
  if (!mail || !way) return;
  const inConversation = way.threadId === mail.conversationId;
  if (way.byMail && !(await sourceMayBeAnswered(context, way.threadId))) return;
  if (!(await mayAnswer(context, way.recipient))) return;
  // What colleagues read beside the case says where the progress stands; only the mail itself opens it.
  const said = async (own: boolean) =>
    wording(context, 'acknowledge', mail.locale, { ticket: { ...ticketWords(mail, { own }), subject: '' } });
  const words = await said(true);
  const shown = await said(false);
  if (
    !words ||
    !shown ||
    (await tx.maybe(
      sql`select 1 from outbound_mail where thread_id = ${way.threadId}::uuid and purpose = 'acknowledge'`,
    ))
  )
    return;
  const audience = inConversation ? audienceOf(await lockConversation(tx, way.threadId)) : event.audience;
  const { id } = await post(
    context,
    way.threadId,
    inConversation ? 'conversation' : 'ticket',
    {
      visibility: 'public',
      authorKind: 'system',
      authorName: say('system'),
      body: shown.body,
      automatic: true,
      delivery: 'queued',
    },
    audience,
  );
  await queueMail(context, { ...words, ...way, purpose: 'acknowledge', automatic: true, messageId: id });
};

export type MailRequest = {
  ticketId: string;
  /** The customer's address unless told. */
  to?: string | null;
  /** Key of the template; `vars` fill `{{ vars.name }}`, `survey.url` fills `{{ survey.url }}`. */
  template: string;
  vars?: Record<string, string>;
  surveyUrl?: string;
  purpose: string;
  automatic: boolean;
};
export type MailResult =
  | { queued: true; id: string }
  | { queued: false; why: 'no_address' | 'no_channel' | 'no_template' };

/** Orders a mail about a ticket in the caller's transaction: surveys, reminders. Once queued it is sent or told as failed. */
export const sendMail = async (
  context: Context,
  { ticketId, to, template, vars = {}, surveyUrl = '', purpose, automatic }: MailRequest,
): Promise<MailResult> => {
  const mail = await ticketMailContext(context.tx, ticketId, context.centre.config, context.now);
  if (!mail) return { queued: false, why: 'no_address' };
  const way = await wayTo(context, ticketId, mail);
  const recipient = to ? parseAddress(to) : way?.recipient;
  if (!recipient) return { queued: false, why: 'no_address' };
  const channel = way?.channel ?? (await outgoingChannel(context.tx));
  if (!channel) return { queued: false, why: 'no_channel' };
  const words = await wording(context, template, mail.locale, {
    ticket: ticketWords(mail, { own: recipient === way?.recipient }),
    customer: { name: mail.customerName },
    survey: { url: surveyUrl },
    vars,
  });
  if (!words) return { queued: false, why: 'no_template' };
  const id = await queueMail(context, {
    ...words,
    channel,
    threadId: way?.threadId ?? ticketId,
    recipient,
    purpose,
    automatic,
  });
  return id ? { queued: true, id } : { queued: false, why: 'no_channel' };
};

const keepPaper = async (
  { centre, tx, now, actor }: Context,
  { name, bytes }: { name: string; bytes: Buffer },
): Promise<string> => {
  const whose = { uploaderKind: actor.kind, uploaderId: actor.id };
  return (await keepBlob(centre, { name, source: bytes, limit: bytes.length, ...whose }, now, tx)).id;
};

/** Writes to a customer who has no case open (SD4-12): a letter in their story, sent by the general mailbox. False without an address or a mailbox. */
export const mailCustomer = async (
  context: Context,
  {
    customerId,
    subject,
    body,
    paper,
  }: {
    customerId: string;
    subject: string;
    body: string;
    /** Made only where there is somebody to send it to. */ paper?: () => Promise<{
      name: string;
      bytes: Buffer;
    }>;
  },
): Promise<boolean> => {
  const channel = await outgoingChannel(context.tx);
  const address = await context.tx.maybe(
    sql<{
      value: string;
    }>`select value from customer_identity where customer_id = ${customerId}::uuid and kind = 'email' and valid order by preferred desc, created_at limit 1`,
  );
  const recipient = parseAddress(address?.value ?? null);
  const customer = await customerRef(context.tx, customerId);
  if (!channel || !recipient || !customer) return false;
  const { threadId, messageId } = await openLetter(context, {
    channel,
    customer,
    subject,
    body,
    attachments: paper ? [await keepPaper(context, await paper())] : undefined,
  });
  await queueMail(context, {
    subject,
    body,
    channel,
    threadId,
    recipient,
    purpose: 'letter',
    automatic: false,
    messageId,
  });
  return true;
};

export const answerReactions: Reaction[] = [
  {
    name: 'email.reply',
    on: ['message.posted'],
    react: (context, event) => reply(context, event as EventRecord<'message.posted'>),
  },
  {
    name: 'email.acknowledge',
    on: ['ticket.opened'],
    when: (event) => ['email', 'portal'].includes((event as EventRecord<'ticket.opened'>).data.channel),
    react: (context, event) => acknowledge(context, event as EventRecord<'ticket.opened'>),
  },
];
