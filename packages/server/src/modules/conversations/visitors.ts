/** The visitor's side: anonymous sessions, the truth about service now, and one's own conversation. */
import type { Static } from '#contracts/schema.ts';
import type { ServiceState, VisitorConversationView } from '#contracts/routes/visitors.ts';
import * as contract from '#contracts/routes/visitors.ts';
import { obj, Id, text, oneOf } from '#contracts/schema.ts';
import type { Actor } from '#kernel/actor.ts';
import { systemActor } from '#kernel/actor.ts';
import type { Centre, RouteHandler } from '#kernel/centre.ts';
import { command, send } from '#kernel/command.ts';
import { answer, sha256 } from '#kernel/http.ts';
import { notFound } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import { calendarState } from '#modules/calendar/index.ts';
import { findOrRegister } from '#modules/customers/index.ts';
import { incidentNow } from '#modules/incident/index.ts';
import { settingCached } from '#modules/settings/index.ts';
import { storeUpload } from '#modules/files/index.ts';
import { leaveMessage } from './queueing.ts';
import { receive } from './commands/receive.ts';
import { handOff } from './commands/triage.ts';
import { close, identify } from './commands/serve.ts';
import { messagesWhere, toVisitorMessage } from './messages.ts';
import { channelByKey, channelById, lockConversation } from './store.ts';
import type { ChannelRow, ConversationRow } from './store.ts';

const sessionDays = 30;
const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

/** The visitor behind a token; it grants nothing but one's own conversation on one channel. */
export const visitorByToken = async (centre: Centre, token: string): Promise<Actor | undefined> => {
  const row = await centre.db.maybe(
    sql<{
      id: string;
      channel_id: string;
      customer_id: string | null;
    }>`select id, channel_id, customer_id from visitor_session where token_hash = ${sha256(token)} and expires_at > ${new Date(centre.clock.now())}`,
  );
  return (
    row && {
      kind: 'visitor',
      id: row.id,
      name: '访客',
      grants: {},
      groupIds: [],
      channelIds: [row.channel_id],
      customerId: row.customer_id ?? undefined,
    }
  );
};

const startSession = command({
  name: 'conversations.start-visitor',
  permission: null,
  audited: false,
  input: obj({ channelId: Id, token: text(200), locale: oneOf(['zh-CN', 'en'] as const) }),
  run: async ({ tx, now, newId }, { channelId, token, locale }) => {
    const expires = now + sessionDays * 86_400_000;
    await tx.run(
      sql`insert into visitor_session (id, token_hash, channel_id, locale, created_at, expires_at) values (${newId()}::uuid, ${sha256(token)}, ${channelId}::uuid, ${locale}, ${new Date(now)}, ${new Date(expires)})`,
    );
    return expires;
  },
});

/** Open or closed, who waits, and how long it took others lately (median of the last 20 answered, else unknown). */
export const serviceState = async (
  centre: Centre,
  channel: ChannelRow,
): Promise<Static<typeof ServiceState>> => {
  const now = centre.clock.now();
  const { open, nextOpening, hours } = await calendarState(centre, channel.calendar_id, now);
  const row = await centre.db.one(sql<{ waiting: number; online: number; wait: number | null }>`
    select (select count(*)::int from conversation where group_id = ${channel.group_id}::uuid and state in ('queued', 'offered')) as waiting,
      (select count(*)::int from presence p join group_member m on m.user_id = p.user_id where m.group_id = ${channel.group_id}::uuid and p.state = 'ready') as online,
      (select percentile_cont(0.5) within group (order by extract(epoch from accepted_at - queued_at)) from (select accepted_at, queued_at from conversation where group_id = ${channel.group_id}::uuid and accepted_at > ${new Date(now - 3_600_000)} and queued_at is not null order by accepted_at desc limit 20) recent) as wait`);
  return {
    open: open && channel.enabled,
    hours,
    nextOpening: iso(nextOpening),
    agentsOnline: row.online > 0,
    waiting: row.waiting,
    estimateSeconds: row.wait === null ? null : Math.round(row.wait),
  };
};

type Own = ConversationRow & {
  agent_name: string | null;
  agent_no: string | null;
  last_seq: number;
  ahead: number;
  answer_due: number | null;
};
const latest = (centre: Centre, visitor: Actor) =>
  centre.db.maybe(sql<Own>`
  select v.*, a.name as agent_name, a.staff_no as agent_no, h.last_seq, (select min(d.due_at) from deadline d where d.subject_id = v.id and d.kind = 'first_answer' and d.state in ('running', 'breached')) as answer_due,
    case when v.state = 'queued' then (select count(*)::int from conversation o where o.group_id = v.group_id and o.state in ('queued', 'offered') and (o.queue_at, o.id) < (v.queue_at, v.id)) else 0 end as ahead
  from conversation v join thread h on h.id = v.id left join app_user a on a.id = v.agent_id where v.visitor_id = ${visitor.id}::uuid order by v.opened_at desc limit 1`);

const conversationView = async (centre: Centre, row: Own | undefined): Promise<VisitorConversationView> => {
  if (!row)
    return {
      id: null,
      state: 'none',
      closeReason: null,
      ahead: 0,
      offerUntil: null,
      answerDueAt: null,
      agentName: null,
      agentStaffNo: null,
      ticket: null,
      lastSeq: 0,
    };
  const ticket = await centre.db.maybe(
    sql<{
      number: string;
      status: string;
    }>`select t.number, t.status from ticket_conversation tc join ticket t on t.id = tc.ticket_id where tc.conversation_id = ${row.id}::uuid order by t.created_at desc limit 1`,
  );
  return {
    id: row.id,
    state: row.state,
    closeReason: row.close_reason,
    ahead: row.ahead,
    offerUntil: iso(row.offer_until),
    answerDueAt: iso(row.answer_due),
    agentName: row.agent_name,
    agentStaffNo: row.agent_no,
    lastSeq: row.last_seq,
    ticket: ticket
      ? {
          number: ticket.number,
          status: ticket.status,
          publicUrl: `${centre.config.publicUrl}/portal/progress#${ticket.number}`,
        }
      : null,
  };
};

const state = async (centre: Centre, visitor: Actor, after = 0) => {
  const row = await latest(centre, visitor);
  const channel = (await channelById(centre.db, visitor.channelIds[0]!))!;
  const messages = row
    ? await messagesWhere(
        centre.db,
        sql`m.thread_id = ${row.id}::uuid and m.visibility = 'public' and m.seq > ${after} order by m.seq limit 500`,
      )
    : [];
  return {
    conversation: await conversationView(centre, row),
    messages: messages.map((message) => toVisitorMessage(centre, message)),
    service: await serviceState(centre, channel),
    serverTime: new Date(centre.clock.now()).toISOString(),
  };
};

/** Name and phone said by a visitor make a customer of their own; an existing one is never taken over by claim (P60). */
const introduce = command({
  name: 'conversations.introduce',
  permission: null,
  input: obj({ visitorId: Id, conversationId: Id, name: text(60), phone: text(40), email: text(254) }),
  run: async (context, { visitorId, conversationId, name, phone, email }) => {
    if (!phone && !email) return;
    const known = await context.tx.maybe(
      sql<{
        customer_id: string | null;
      }>`select customer_id from visitor_session where id = ${visitorId}::uuid`,
    );
    if (known?.customer_id) return;
    const customer = await findOrRegister(
      context,
      {
        kind: 'person',
        name: name || `访客 ${visitorId.slice(-4)}`,
        phones: phone ? [phone] : [],
        emails: email ? [email] : [],
      },
      systemActor('visitor'),
    );
    await context.send(identify, {
      id: conversationId,
      customerId: customer.id,
      name: customer.name,
      level: customer.level,
    });
    context.audit('customer', customer.id, { via: 'visitor' });
  },
});

/** SD2-37: while call-backs are offered, who waits and leaves a phone need not wait: the chat becomes a message left. */
const askCallback = command({
  name: 'conversations.ask-callback',
  permission: null,
  input: obj({ id: Id }),
  run: async (context, { id }) => {
    const incident = await incidentNow(context.tx);
    if (!incident?.offerCallback) return;
    const row = await lockConversation(context.tx, id);
    if (row.state !== 'queued' && row.state !== 'offered') return;
    await context.unschedule('conversations.queue-timeout', id);
    await leaveMessage(
      context,
      row,
      'no_agent',
      '已登记您的回电请求并转为工单，我们会尽快给您回电，您可以关闭此窗口。',
    );
    context.audit('conversation', id, { callback: true, incident: incident.id });
  },
});

const channelOf = async (centre: Centre, key: string) => {
  const channel = await channelByKey(centre.db, key);
  if (!channel || channel.kind !== 'webchat' || !channel.enabled) throw notFound();
  return channel;
};

export const visitorRoutes: RouteHandler[] = [
  answer(contract.getWidgetConfig, async ({ centre, params }) => {
    const channel = await channelOf(centre, params.key);
    const words = await settingCached(centre.db, 'centre', centre.clock.now());
    return {
      channelId: channel.id,
      company: words.company,
      companyEn: words.companyEn,
      greeting: words.greeting,
      greetingEn: words.greetingEn,
      service: await serviceState(centre, channel),
      privacyNotice: words.privacyNotice,
      filesOrigin: centre.config.filesUrl,
      serverTime: new Date(centre.clock.now()).toISOString(),
    };
  }),
  answer(contract.startVisitor, async ({ centre, params, body }) => {
    const channel = await channelOf(centre, params.key);
    const token = `v_${centre.ids.secret(32)}`;
    const expires = await send(
      centre,
      startSession,
      { channelId: channel.id, token, locale: body.locale ?? 'zh-CN' },
      systemActor('widget'),
    );
    return { token, expiresAt: new Date(expires).toISOString() };
  }),
  answer(contract.getVisitorState, ({ centre, actor, query }) => state(centre, actor, query.after)),
  answer(contract.sendVisitorMessage, async ({ centre, actor, body }) => {
    const { name, phone, email, ...message } = body;
    const received = await send(
      centre,
      receive,
      {
        channelId: actor.channelIds[0]!,
        visitorId: actor.id,
        customerId: actor.customerId ?? null,
        name,
        ...message,
      },
      actor,
    );
    if (phone || email)
      await send(
        centre,
        introduce,
        {
          visitorId: actor.id,
          conversationId: received.conversationId,
          name: name ?? '',
          phone: phone ?? '',
          email: email ?? '',
        },
        actor,
      );
    const [row] = await messagesWhere(centre.db, sql`m.id = ${received.messageId}::uuid`);
    return {
      message: toVisitorMessage(centre, row!),
      conversation: await conversationView(centre, await latest(centre, actor)),
    };
  }),
  answer(contract.leaveVisitorContact, async ({ centre, actor, body }) => {
    const row = await latest(centre, actor);
    if (row) {
      await send(
        centre,
        introduce,
        {
          visitorId: actor.id,
          conversationId: row.id,
          name: body.name ?? '',
          phone: body.phone ?? '',
          email: body.email ?? '',
        },
        actor,
      );
      if (body.phone) await send(centre, askCallback, { id: row.id }, actor);
    }
    return { ok: true };
  }),
  answer(contract.closeVisitor, async ({ centre, actor }) => {
    const row = await latest(centre, actor);
    if (row && row.state !== 'closed')
      await send(
        centre,
        close,
        {
          id: row.id,
          reason: ['queued', 'offered'].includes(row.state) ? 'queue_abandoned' : 'customer_closed',
        },
        actor,
      );
    return { ok: true };
  }),
  answer(contract.handOffVisitor, async ({ centre, actor }) => {
    const row = await latest(centre, actor);
    if (row) await send(centre, handOff, { id: row.id }, actor);
    return { ok: true };
  }),
  answer(contract.solvedVisitor, async ({ centre, actor }) => {
    const row = await latest(centre, actor);
    if (row?.state === 'bot') await send(centre, close, { id: row.id, reason: 'self_served' }, actor);
    return { ok: true };
  }),
  answer(contract.visitorTyping, async ({ centre, actor }) => {
    const row = await latest(centre, actor);
    if (row?.state === 'active')
      centre.bus.whisper({
        topic: `conversation:${row.id}`,
        audience: { conversationId: row.id },
        payload: { kind: 'typing', by: 'customer', conversationId: row.id },
      });
    return { ok: true };
  }),
  answer(contract.uploadVisitorFile, ({ centre, actor, request }) => storeUpload(centre, actor, request)),
];
