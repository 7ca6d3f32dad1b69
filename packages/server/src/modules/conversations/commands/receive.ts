import { Type, obj, opt, nullable, Id, text, oneOf } from '#contracts/schema.ts';
import type { Static } from '#contracts/schema.ts';
import { command } from '#kernel/command.ts';
import type { Context } from '#kernel/command.ts';
import { Problem, notFound } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import { settingCached } from '#modules/settings/index.ts';
import { incidentNow } from '#modules/incident/index.ts';
import { customerRef } from '#modules/customers/index.ts';
import { audienceOf, channelById } from '../store.ts';
import type { ChannelRow, ConversationRow } from '../store.ts';
import { isOrderQuery } from '../rules.ts';
import { openThread, post } from '../threads.ts';
import { queueOrLeave } from '../queueing.ts';
import { setIntent } from './tag.ts';
import { goOnTriaging, triaged } from './triage.ts';

const input = obj({
  channelId: Id,
  visitorId: opt(nullable(Id)),
  customerId: opt(nullable(Id)),
  conversationId: opt(Id),
  name: opt(text(120)),
  body: text(400_000, 1),
  html: opt(nullable(text(2_000_000))),
  subject: opt(text(400)),
  clientId: opt(text(64)),
  externalId: opt(nullable(text(998))),
  attachments: opt(Type.Array(Id, { maxItems: 50 })),
  pageUrl: opt(text(500)),
  contactKnown: opt(Type.Boolean()),
  authorKind: opt(oneOf(['customer', 'unverified'] as const)),
  automatic: opt(Type.Boolean()),
  sentAt: opt(Type.Number()),
});

const open = async (
  context: Context,
  channel: ChannelRow,
  {
    visitorId,
    customerId,
    name,
    body,
    subject,
    pageUrl,
    contactKnown,
  }: {
    visitorId?: string | null;
    customerId?: string | null;
    name?: string;
    body: string;
    subject?: string;
    pageUrl?: string;
    contactKnown?: boolean;
  },
): Promise<ConversationRow> => {
  const { tx, now, newId, emit } = context;
  const id = newId();
  const customer = customerId ? await customerRef(tx, customerId) : undefined;
  const incident = channel.kind === 'webchat' ? await incidentNow(tx) : null;
  await openThread(tx, id, 'conversation');
  const row = await tx.one(sql<ConversationRow>`
    insert into conversation (id, state, channel_id, channel_kind, customer_id, customer_name, customer_level, visitor_id, contact_known, subject, group_id, opened_at, waiting_since, page_url)
    values (${id}::uuid, 'new', ${channel.id}::uuid, ${channel.kind}, ${customer?.id ?? null}::uuid, ${customer?.name ?? name ?? `访客 ${id.slice(-4)}`}, ${customer?.level ?? null}, ${visitorId ?? null}::uuid, ${contactKnown ?? !!customer}, ${(subject ?? body).slice(0, 120)}, ${incident?.overflowGroupId ?? channel.group_id}::uuid, ${new Date(now)}, ${new Date(now)}, ${pageUrl ?? null})
    returning *`);
  emit(
    'conversation.opened',
    'conversation',
    id,
    { channelId: channel.id, customerId: customer?.id ?? null },
    audienceOf(row),
  );
  return row;
};

/** Two texts after each other: the first ends as a sentence does, whoever wrote it. */
const sentences = (first: string, then: string, english: boolean): string => {
  if (!then) return first;
  const ended = /[。！？.!?…]$/u.test(first) ? first : `${first}${english ? '.' : '。'}`;
  return `${ended}${english ? ' ' : ''}${then}`;
};

/** SD2-37: who comes while something is jammed or down is told first what is the matter, in their language. */
const calm = async (context: Context, channel: ChannelRow, row: ConversationRow): Promise<void> => {
  const incident = channel.kind === 'webchat' ? await incidentNow(context.tx) : null;
  if (!incident) return;
  const visitor = row.visitor_id
    ? await context.tx.maybe(
        sql<{ locale: string }>`select locale from visitor_session where id = ${row.visitor_id}::uuid`,
      )
    : undefined;
  const english = visitor?.locale === 'en';
  const offer = incident.offerCallback
    ? english
      ? 'If you prefer not to wait, leave your phone number below and we will call you back.'
      : '您也可以不必等候：在下方留下电话，我们会给您回电。'
    : '';
  await post(
    context,
    row.id,
    'conversation',
    {
      visibility: 'public',
      authorKind: 'system',
      authorName: '系统',
      body: sentences(english ? incident.announcementEn : incident.announcement, offer, english),
      automatic: true,
      clientId: `incident-${incident.id}`,
    },
    audienceOf(row),
  );
};

const asksForOrder = async ({ centre, now }: Context, body: string): Promise<boolean> =>
  isOrderQuery(body, (await settingCached(centre.db, 'routing', now)).orderQueryWords);

/**
 * The message that was taken before, wherever it stands now: a resend after the conversation ended opens no other.
 * A lock on the outside id lets of two identical deliveries the second find the first.
 */
const takenBefore = async (
  { tx }: Context,
  { channelId, visitorId, clientId, externalId }: Static<typeof input>,
) => {
  if (externalId)
    await tx.later(sql`select pg_advisory_xact_lock(hashtext(${`message:${channelId}:${externalId}`}))`);
  if (!externalId && !(visitorId && clientId)) return undefined;
  return tx.maybe(
    sql<{ id: string; seq: number; thread_id: string }>`select m.id, m.seq, m.thread_id from message m ${
      externalId
        ? sql`where m.channel_id = ${channelId}::uuid and m.external_id = ${externalId}`
        : sql`join conversation v on v.id = m.thread_id where v.channel_id = ${channelId}::uuid and v.visitor_id = ${visitorId}::uuid and m.client_id = ${clientId}`
    } limit 1`,
  );
};

/**
 * A customer's message on any channel: goes to the visitor's open conversation, or to the one named, or opens a new
 * one. The database allows one open conversation per visitor and channel; a race of two first messages ends in one.
 */
export const receive = command({
  name: 'conversations.receive',
  permission: null,
  audited: false,
  input,
  run: async (context, message) => {
    const { tx, now } = context;
    const channel = await channelById(tx, message.channelId);
    if (!channel) throw notFound();
    if (!channel.enabled) throw new Problem('CHANNEL_DISABLED');
    if (message.visitorId) await tx.run(sql`select pg_advisory_xact_lock(hashtext(${message.visitorId}))`);
    const before = await takenBefore(context, message);
    if (before)
      return {
        conversationId: before.thread_id,
        messageId: before.id,
        seq: before.seq,
        isNew: false,
        duplicate: true,
      };
    let row: ConversationRow | undefined = message.conversationId
      ? await tx.maybe(
          sql<ConversationRow>`select * from conversation where id = ${message.conversationId}::uuid and channel_id = ${channel.id}::uuid for update`,
        )
      : message.visitorId
        ? await tx.maybe(
            sql<ConversationRow>`select * from conversation where channel_id = ${channel.id}::uuid and visitor_id = ${message.visitorId}::uuid and (state not in ('closed', 'offline_message') or (state = 'offline_message' and closed_at is null and opened_at > ${new Date(now - 86_400_000)})) order by opened_at desc limit 1 for update`,
          )
        : undefined;
    const isNew = !row;
    row ??= await open(context, channel, message);
    const posted = await post(
      context,
      row.id,
      'conversation',
      {
        visibility: message.authorKind === 'unverified' ? 'internal' : 'public',
        authorKind: message.authorKind ?? 'customer',
        authorName: message.authorKind === 'unverified' ? (message.name ?? '?') : row.customer_name,
        automatic: message.automatic,
        body: message.body,
        html: message.html,
        bodyFormat: 'text',
        channelId: message.externalId ? channel.id : null,
        externalId: message.externalId,
        clientId: message.clientId,
        attachments: message.attachments,
      },
      audienceOf(row),
    );
    // What a machine or a stranger wrote waits for nobody's answer.
    if (!posted.duplicate && message.authorKind !== 'unverified' && (isNew || !message.automatic)) {
      await tx.run(
        sql`update conversation set waiting_since = coalesce(waiting_since, ${new Date(now)}) where id = ${row.id}::uuid`,
      );
      // Before the hours are asked: a message left for later owes nothing in two minutes.
      if (channel.kind === 'webchat' && (await asksForOrder(context, message.body)))
        await setIntent(context, row, 'order_query', true);
      if (isNew) {
        await calm(context, channel, row);
        if (!(await triaged(context, channel, row, message.body))) await queueOrLeave(context, channel, row);
      } else if (row.state === 'bot') await goOnTriaging(context, row, message.body);
      else if (row.state === 'active') await context.unschedule('conversations.customer-timeout', row.id);
    }
    return {
      conversationId: row.id,
      messageId: posted.id,
      seq: posted.seq,
      isNew,
      duplicate: posted.duplicate,
    };
  },
});
