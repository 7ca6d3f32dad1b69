import { Type, obj, opt, nullable, Id, text, oneOf } from '#contracts/schema.ts';
import type { Static } from '#contracts/schema.ts';
import { command } from '#kernel/command.ts';
import type { Context } from '#kernel/command.ts';
import { Problem, notFound } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import { setting, settingCached } from '#modules/settings/index.ts';
import { calendarState } from '#modules/calendar/index.ts';
import { incidentNow } from '#modules/incident/index.ts';
import { customerRef } from '#modules/customers/index.ts';
import { audienceOf, channelById } from '../store.ts';
import type { ChannelRow, ConversationRow } from '../store.ts';
import { isOrderQuery } from '../rules.ts';
import { openThread, post } from '../threads.ts';
import { setIntent } from './tag.ts';

/** Minutes by which VIPs are put forward in a queue come from the routing setting; seconds here. */
const queueInstant = async ({ tx, now }: Context, level: string | null) =>
  now - (level === 'vip' ? (await setting(tx, 'routing')).vipBonusSeconds * 1000 : 0);

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

/** Real-time channels queue for a person at once when open; outside the hours a message is left and says so. */
const queueOrLeave = async (context: Context, channel: ChannelRow, row: ConversationRow): Promise<void> => {
  const { tx, now, emit } = context;
  if (channel.kind !== 'webchat') return;
  const { open: isOpen, hours } = await calendarState(context.centre, channel.calendar_id, now);
  if (isOpen && row.group_id) {
    await tx.run(
      sql`update conversation set state = 'queued', queued_at = ${new Date(now)}, queue_at = ${new Date(await queueInstant(context, row.customer_level))}, version = version + 1 where id = ${row.id}::uuid`,
    );
    emit('conversation.queued', 'conversation', row.id, { groupId: row.group_id }, audienceOf(row));
    const { queueTimeoutMinutes } = await setting(tx, 'routing');
    await context.schedule('conversations.queue-timeout', row.id, now + queueTimeoutMinutes * 60_000);
    return;
  }
  await leaveMessage(
    context,
    row,
    'out_of_hours',
    `现在是非服务时间（服务时间：${hours}）。您的留言已转为工单，我们上班后会尽快联系您，请留下电话或邮箱。`,
  );
};

/** The conversation becomes a message left for later; tickets hear of it and put it into the pool. */
export const leaveMessage = async (
  context: Context,
  row: ConversationRow,
  reason: 'out_of_hours' | 'queue_timeout' | 'no_agent',
  words: string,
): Promise<void> => {
  const { tx, now, emit } = context;
  await tx.run(
    sql`update conversation set state = 'offline_message', offered_to = null, offer_until = null, close_reason = ${reason}, version = version + 1 where id = ${row.id}::uuid`,
  );
  await post(
    context,
    row.id,
    'conversation',
    { visibility: 'public', authorKind: 'system', authorName: '系统', body: words, automatic: true, at: now },
    audienceOf(row),
  );
  emit('conversation.left_message', 'conversation', row.id, {}, audienceOf(row));
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
        await queueOrLeave(context, channel, row);
      } else if (row.state === 'active') await context.unschedule('conversations.customer-timeout', row.id);
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
