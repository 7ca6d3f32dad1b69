/** What customers do without an agent: file a request, look progress up, confirm, add, urge. */
import * as contract from '#contracts/routes/visitors.ts';
import { events } from '#contracts/events.ts';
import type { EventType } from '#contracts/events.ts';
import { labels } from '#contracts/words.ts';
import type { PublicTicketView } from '#contracts/routes/visitors.ts';
import { Type, obj, text } from '#contracts/schema.ts';
import { TicketInput } from '#contracts/routes/tickets.ts';
import type { Actor } from '#kernel/actor.ts';
import { systemActor } from '#kernel/actor.ts';
import type { Centre, Part } from '#kernel/centre.ts';
import { command, send } from '#kernel/command.ts';
import { answer, sha256 } from '#kernel/http.ts';
import type { Call } from '#kernel/http.ts';
import type { Route } from '#contracts/route.ts';
import { Problem } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import { deadlinesOf } from '#modules/deadlines/index.ts';
import { allChannels, channelByKey, messagesWhere, post, receive } from '#modules/conversations/index.ts';
import { calendarState } from '#modules/calendar/index.ts';
import { findOrRegister } from '#modules/customers/index.ts';
import { currentPolicies, pick, promise } from '#modules/policies/index.ts';
import { settingCached } from '#modules/settings/index.ts';
import { surveyUrl } from '#modules/surveys/index.ts';
import {
  confirmTicket,
  openTicket,
  reopenTicket,
  reopenUntil,
  ticketOfPass,
  urgeTicket,
} from '#modules/tickets/index.ts';
import { lookUpTicket } from './commands/look-up.ts';
import { formRoutes } from './forms.ts';
import { helpRoutes } from './help.ts';
import { orderLinkRoutes } from './order-links.ts';

const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
/** A customer who has shown number and phone tail: may touch this one ticket and nothing else. */
const bearer = (ticketId: string): Actor => ({
  kind: 'customer',
  id: ticketId,
  name: '客户',
  grants: {},
  groupIds: [],
  channelIds: [],
});

/** Opens the contact and its ticket in one transaction: an answer with a number means that both are there. */
const fileRequest = command({
  name: 'portal.file-request',
  permission: null,
  input: obj({ channelId: text(40), request: Type.Omit(TicketInput, ['conversationId', 'channel']) }),
  run: async (context, { channelId, request }) => {
    const customer = await findOrRegister(context, request.customer!, systemActor('portal'));
    const received = await context.send(receive, {
      channelId,
      customerId: customer.id,
      name: customer.name,
      body: request.description,
      subject: request.subject,
      contactKnown: true,
    });
    return context.send(
      openTicket,
      {
        ...request,
        customer: undefined,
        customerId: customer.id,
        conversationId: received.conversationId,
        channel: 'portal',
      },
      systemActor('portal'),
    );
  },
});

type Row = {
  id: string;
  number: string;
  subject: string;
  status: PublicTicketView['status'];
  created_at: number;
  owner: string | null;
  eta_at: number | null;
  resolution: PublicTicketView['resolution'];
  confirmed_at: number | null;
  survey: string | null;
  closed_at: number | null;
  continued_by: string | null;
};
/** Steps that a customer is told; what happens inside stays inside. */
const told: readonly EventType[] = [
  'ticket.opened',
  'ticket.assigned',
  'ticket.claimed',
  'ticket.started',
  'ticket.info_requested',
  'ticket.resumed',
  'ticket.progress',
  'ticket.resolved',
  'ticket.confirmed',
  'ticket.closed',
  'ticket.reopened',
  'ticket.urged',
];
const plain: Partial<Record<EventType, string>> = {
  'ticket.opened': '已登记',
  'ticket.assigned': '已安排专人',
  'ticket.claimed': '已安排专人',
  'ticket.started': '开始处理',
  'ticket.info_requested': '需要您补充资料',
  'ticket.resumed': '继续处理',
  'ticket.progress': '进度更新',
  'ticket.resolved': '已给出解决方案',
  'ticket.confirmed': '您已确认',
  'ticket.closed': '已完成',
  'ticket.reopened': '重新处理',
  'ticket.urged': '您已催单',
};
/** Promises that a customer is told. */
const publicKinds = ['first_reply', 'respond', 'resolve', 'progress', 'complaint_contact', 'complaint_plan'];

const publicView = async (centre: Centre, id: string): Promise<PublicTicketView> => {
  const now = centre.clock.now();
  const row = await centre.db.one(
    sql<Row>`select t.id, t.number, t.subject, t.status, t.created_at, u.name as owner, t.eta_at, t.resolution, t.confirmed_at, null as survey, t.closed_at, (select o.number from ticket_link l join ticket o on o.id = l.other_id where l.ticket_id = t.id and l.relation = 'continued_by' order by o.created_at desc limit 1) as continued_by from ticket t left join app_user u on u.id = coalesce(t.assignee_id, t.accountable_id) where t.id = ${id}::uuid`,
  );
  const [steps, messages, clocks] = await Promise.all([
    centre.db.all(
      sql<{
        at: number;
        type: EventType;
      }>`select at, type from event where subject_id = ${id}::uuid and type = any(${told}) order by at desc, id desc limit 60`,
    ),
    messagesWhere(
      centre.db,
      sql`m.visibility = 'public' and m.thread_id in (select ${id}::uuid union all select conversation_id from ticket_conversation where ticket_id = ${id}::uuid) order by m.at desc limit 60`,
    ),
    deadlinesOf(centre.db, [id]),
  ]);
  const next = (clocks.get(id) ?? [])
    .filter((clock) => clock.state === 'running' && clock.dueAt && publicKinds.includes(clock.kind))
    .toSorted((a, b) => a.dueAt!.localeCompare(b.dueAt!))[0];
  const done = ['resolved', 'pending_confirmation'].includes(row.status);
  const over = ['closed', 'archived', 'cancelled'].includes(row.status);
  return {
    number: row.number,
    subject: row.subject,
    status: row.status,
    statusText: labels.ticketStatus![row.status]!.zh,
    createdAt: iso(row.created_at)!,
    ownerName: row.owner,
    etaAt: iso(row.eta_at),
    nextPromise:
      next && !over
        ? { kind: next.kind, dueAt: next.dueAt!, text: labels.deadlineKind![next.kind]!.zh }
        : null,
    resolution: row.resolution,
    canConfirm: done && row.confirmed_at === null,
    canUrge: !done && !over,
    canReply: row.status !== 'cancelled',
    replyOpens:
      !over || row.status === 'cancelled'
        ? null
        : row.status === 'closed' && now <= reopenUntil(row, await settingCached(centre.db, 'closeRule', now))
          ? 'again'
          : 'new',
    continuedBy: row.continued_by,
    confirmedAt: iso(row.confirmed_at),
    surveyUrl: await surveyUrl(centre, centre.db, id),
    steps: steps.toReversed().map((step) => ({
      at: iso(step.at)!,
      text: plain[step.type] ?? events[step.type].zh,
      kind: step.type,
    })),
    messages: messages.toReversed().map((message) => ({
      at: iso(message.at)!,
      from:
        message.author_kind === 'customer'
          ? 'customer'
          : message.author_kind === 'agent'
            ? 'agent'
            : 'system',
      name: message.author_name,
      body: message.body,
    })),
    serverTime: iso(now)!,
  };
};

/** The ticket a pass opens; the same 404 for a wrong, an expired and a missing one. */
const byPass = async ({ centre, request }: Pick<Call<Route>, 'centre' | 'request'>): Promise<string> => {
  const pass = request.headers['x-progress-pass'];
  const now = centre.clock.now();
  const linked = typeof pass === 'string' ? ticketOfPass(centre.config.secret, pass, now) : undefined;
  if (
    linked &&
    (await centre.db.maybe(sql`select 1 from ticket where id = ${linked}::uuid and purged_at is null`))
  )
    return linked;
  const row =
    typeof pass === 'string'
      ? await centre.db.maybe(
          sql<{
            ticket_id: string;
          }>`select ticket_id from progress_pass where token_hash = ${sha256(pass)} and expires_at > ${new Date(now)}`,
        )
      : undefined;
  if (!row) throw new Problem('LOOKUP_FAILED');
  return row.ticket_id;
};

export const portal: Part = {
  name: 'portal',
  routes: [
    ...orderLinkRoutes,
    ...helpRoutes,
    ...formRoutes,
    answer(contract.portalInfo, async ({ centre, locale }) => {
      const now = centre.clock.now();
      const [words, tree, list, channels, policies] = await Promise.all([
        settingCached(centre.db, 'centre', now),
        settingCached(centre.db, 'categories', now),
        settingCached(centre.db, 'products', now),
        allChannels(centre.db),
        currentPolicies(centre, now),
      ]);
      const shown = channels.filter(({ enabled }) => enabled);
      // Ids tell the order in which they were made.
      const chats = shown.filter(({ kind }) => kind === 'webchat').toSorted((a, b) => (a.id < b.id ? -1 : 1));
      // The chat of the centre itself, before that of one of its brands.
      const widgetKey = (chats.find(({ brand }) => !brand) ?? chats[0])?.key ?? null;
      return {
        company: words.company,
        companyEn: words.companyEn,
        hotline: words.hotline,
        privacyNotice: words.privacyNotice,
        widgetKey,
        channels: await Promise.all(
          shown.map(async (channel) => {
            const state = await calendarState(centre, channel.calendar_id, now);
            const kind =
              channel.kind === 'webchat' || channel.kind === 'phone' ? 'first_answer' : 'first_reply';
            const policy = pick(policies.items, kind, { channel: channel.kind });
            return {
              kind: channel.kind,
              name: channel.name,
              nameEn: channel.name_en,
              scope: channel.scope,
              hours: state.hours,
              open: state.open,
              nextOpening: iso(state.nextOpening),
              target: policy ? promise(policy, locale) : '',
              address: channel.address,
              chat: channel.key === widgetKey,
            };
          }),
        ),
        categories: tree.nodes
          .filter(({ enabled }) => enabled !== false)
          .map(({ key, zh, en, complaint = false, escalation = false }) => ({
            key,
            zh,
            en,
            complaint: complaint && !escalation,
          })),
        products: list.items
          .filter(({ enabled }) => enabled !== false)
          .map(({ key, zh, en }) => ({ key, zh, en })),
      };
    }),
    answer(contract.submitRequest, async ({ centre, body, actor, idempotencyKey }) => {
      if (!body.consent)
        throw new Problem('CONSENT_REQUIRED', {}, [{ pointer: '/consent', code: 'REQUIRED' }]);
      const channel = await channelByKey(centre.db, 'portal');
      if (!channel?.enabled) throw new Problem('CHANNEL_DISABLED');
      const company = body.kind === 'person' ? undefined : (body.company ?? '');
      const opened = await send(
        centre,
        fileRequest,
        {
          channelId: channel.id,
          request: {
            customer: {
              kind: body.kind,
              name: body.kind === 'person' ? body.name : company || body.name,
              contactName: body.kind === 'person' ? undefined : body.name,
              company,
              phones: [body.phone],
              emails: body.email ? [body.email] : [],
            },
            category: body.category,
            product: body.product || undefined,
            urgency: 'medium',
            impact: 'single',
            subject: body.subject,
            description: body.description,
          },
        },
        actor,
        { idempotencyKey },
      );
      const clocks = (await deadlinesOf(centre.db, [opened.id])).get(opened.id) ?? [];
      const first = clocks.find(({ kind }) => kind === 'first_reply');
      return {
        number: opened.number,
        promise: first?.why ?? '我们将在 1 个工作日内与您联系。',
        dueAt: first?.dueAt ?? null,
        progressUrl: `${centre.config.publicUrl}/portal/progress#${opened.number}`,
      };
    }),
    answer(contract.lookUp, async ({ centre, body, actor, ip }) => {
      const pass = centre.ids.secret(24);
      const looked = await send(centre, lookUpTicket, { ...body, ip, pass }, actor);
      if (looked.found) return { pass, ticket: await publicView(centre, looked.ticketId) };
      throw looked.waitSeconds > 0
        ? new Problem('RATE_LIMITED', { seconds: looked.waitSeconds })
        : new Problem('LOOKUP_FAILED');
    }),
    answer(contract.publicProgress, async (call) => publicView(call.centre, await byPass(call as never))),
    answer(contract.publicConfirm, async (call) => {
      const { centre, body } = call;
      const id = await byPass(call as never);
      if (body.solved) await send(centre, confirmTicket, { id, note: body.note }, bearer(id));
      else
        await send(centre, reopenTicket, { id, reason: body.note?.trim() || '客户表示尚未解决' }, bearer(id));
      return publicView(centre, id);
    }),
    answer(contract.publicReply, async (call) => {
      const { centre, body } = call;
      const id = await byPass(call as never);
      const way = await centre.db.maybe(
        sql<{
          id: string;
          channel_id: string;
          status: string;
        }>`select v.id, v.channel_id, t.status from ticket t left join lateral (select v.id, v.channel_id from ticket_conversation tc join conversation v on v.id = tc.conversation_id where tc.ticket_id = t.id order by v.opened_at desc limit 1) v on true where t.id = ${id}::uuid`,
      );
      if (!way || way.status === 'cancelled')
        throw new Problem('TICKET_STATE', {
          status: labels.ticketStatus![way?.status ?? 'cancelled'],
          action: { zh: '补充资料', en: 'add information' },
        });
      if (way.id)
        await send(
          centre,
          receive,
          { channelId: way.channel_id, conversationId: way.id, body: body.body, clientId: body.clientId },
          bearer(id),
        );
      else
        await send(
          centre,
          replyOnTicket,
          { id, body: body.body, clientId: body.clientId ?? centre.ids.secret(9) },
          bearer(id),
        );
      return publicView(centre, id);
    }),
    answer(contract.publicUrge, async (call) => {
      const id = await byPass(call as never);
      await send(call.centre, urgeTicket, { id }, bearer(id));
      return publicView(call.centre, id);
    }),
  ],
};

/** A customer's words on a ticket that came without a contact of ours (by API, by phone). */
const replyOnTicket = command({
  name: 'portal.reply',
  permission: null,
  audited: false,
  input: obj({ id: text(40), body: text(4000, 1), clientId: text(64) }),
  run: async (context, { id, body, clientId }) => {
    const row = await context.tx.one(
      sql<{
        customer_name: string;
        assignee_id: string | null;
        accountable_id: string | null;
        group_id: string | null;
        customer_id: string;
      }>`select customer_name, assignee_id, accountable_id, group_id, customer_id from ticket where id = ${id}::uuid for update`,
    );
    return post(
      context,
      id,
      'ticket',
      { visibility: 'public', authorKind: 'customer', authorName: row.customer_name, body, clientId },
      { groupId: row.group_id, userIds: [row.assignee_id, row.accountable_id], customerId: row.customer_id },
    );
  },
});
