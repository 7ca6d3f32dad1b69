import { Type, obj, opt, nullable, Id, text, oneOf } from '#contracts/schema.ts';
import { messageBody } from '#contracts/routes/conversations.ts';
import { labels, closeReasons } from '#contracts/words.ts';
import { inScope } from '#kernel/actor.ts';
import type { Actor } from '#kernel/actor.ts';
import { command } from '#kernel/command.ts';
import type { Context } from '#kernel/command.ts';
import { notFound, Problem } from '#kernel/problem.ts';
import { json, sql } from '#kernel/sql.ts';
import { mayServe } from '#modules/certifications/index.ts';
import { listedIn, setting } from '#modules/settings/index.ts';
import { audienceOf, lockConversation } from '../store.ts';
import type { ConversationRow } from '../store.ts';
import { markRead, post } from '../threads.ts';

export const demandServe = (actor: Actor, row: ConversationRow) => {
  const ownership = {
    owners: [row.agent_id, row.offered_to],
    groupId: row.group_id,
    channelId: row.channel_id,
  };
  if (!inScope(actor, 'conversation.read', ownership)) throw notFound();
  if (!inScope(actor, 'conversation.serve', ownership))
    throw new Problem('FORBIDDEN', { permission: { zh: '接待会话', en: 'Serve conversations' } });
};
const ended = (row: ConversationRow) => row.state === 'closed';

/** An agent's words to the customer, or a note to colleagues. */
export const say = command({
  name: 'conversations.say',
  permission: 'conversation.serve',
  audited: false,
  input: obj({ id: Id, ...messageBody, automatic: opt(Type.Boolean()) }),
  run: async (context, { id, automatic, ...message }) => {
    const { tx, now, actor } = context;
    const row = await lockConversation(tx, id);
    demandServe(actor, row);
    if (ended(row) && message.visibility === 'public') throw new Problem('CONVERSATION_CLOSED');
    // On a channel with a way out of its own the message waits for its sender; in a chat the page shows it.
    const outward = message.visibility === 'public' && row.channel_kind === 'email';
    const posted = await post(
      context,
      id,
      'conversation',
      {
        ...message,
        authorKind: 'agent',
        authorId: actor.kind === 'system' ? null : actor.id,
        // Customers read it: who acts for the centre by itself has no name to show.
        authorName: actor.kind === 'system' ? '系统' : actor.name,
        automatic,
        delivery: outward ? 'queued' : 'none',
      },
      audienceOf(row),
    );
    if (posted.duplicate) return posted;
    if (actor.kind === 'user') await markRead(tx, actor.id, id, posted.seq);
    if (message.visibility === 'public' && !automatic) {
      await tx.run(
        sql`update conversation set waiting_since = null, query_since = null, first_reply_at = coalesce(first_reply_at, ${new Date(now)}) where id = ${id}::uuid`,
      );
      if (row.query_since !== null)
        context.emit('conversation.query_answered', 'conversation', id, {}, audienceOf(row));
      if (row.state === 'active' && row.channel_kind === 'webchat')
        await context.schedule(
          'conversations.customer-timeout',
          id,
          now + (await setting(tx, 'routing')).customerTimeoutMinutes * 60_000,
        );
    }
    return posted;
  },
});

/** Hands the conversation to an agent or back to a group's queue; the note is for the next one. */
export const transfer = command({
  name: 'conversations.transfer',
  permission: 'conversation.serve',
  input: obj({ id: Id, toAgentId: opt(Id), toGroupId: opt(Id), note: text(1000) }),
  run: async (context, { id, toAgentId, toGroupId, note }) => {
    const { tx, now, actor, emit } = context;
    if (!note.trim())
      throw new Problem('TRANSFER_NOTE_REQUIRED', {}, [{ pointer: '/note', code: 'REQUIRED' }]);
    const row = await lockConversation(tx, id);
    demandServe(actor, row);
    if (!['active', 'queued', 'offered'].includes(row.state))
      throw new Problem('CONVERSATION_STATE', {
        state: labels.conversationState![row.state],
        action: { zh: '转接', en: 'transfer it' },
      });
    if (toAgentId) {
      const { onboardingGate } = await setting(tx, 'routing');
      const to = await tx.maybe(
        sql<{
          name: string;
          may: boolean;
        }>`select u.name, ${mayServe(sql`u.id`, onboardingGate, now)} as may from app_user u where u.id = ${toAgentId}::uuid and u.status = 'active'`,
      );
      if (!to) throw new Problem('ASSIGNEE_UNAVAILABLE');
      if (!to.may) throw new Problem('ONBOARDING_PENDING', { name: to.name });
    }
    if (toGroupId && !(await tx.maybe(sql`select 1 from skill_group where id = ${toGroupId}::uuid`)))
      throw notFound();
    await post(
      context,
      id,
      'conversation',
      {
        visibility: 'internal',
        authorKind: actor.kind === 'system' ? 'system' : 'agent',
        authorId: actor.kind === 'system' ? null : actor.id,
        authorName: actor.kind === 'system' ? '系统' : actor.name,
        body: `转接说明：${note}`,
      },
      audienceOf(row),
    );
    const group = toGroupId ?? row.group_id;
    const { offerSeconds, queueTimeoutMinutes } = await setting(tx, 'routing');
    // Handed back in the evening with nobody left, a customer would wait for ever.
    if (row.channel_kind === 'webchat')
      await context.schedule('conversations.queue-timeout', id, now + queueTimeoutMinutes * 60_000);
    if (toAgentId) {
      const until = now + offerSeconds * 1000;
      await tx.run(
        sql`update conversation set state = 'offered', agent_id = null, group_id = ${group}::uuid, offered_to = ${toAgentId}::uuid, offer_until = ${new Date(until)}, queue_at = coalesce(queue_at, ${new Date(now)}), relation = 'transferred', declined = '{}', version = version + 1 where id = ${id}::uuid`,
      );
      await context.schedule('conversations.offer-timeout', id, until, { agentId: toAgentId });
      emit(
        'conversation.transferred',
        'conversation',
        id,
        { fromId: row.agent_id, toAgentId, fromGroupId: row.group_id, toGroupId: group },
        { ...audienceOf(row), userIds: [row.agent_id, toAgentId], groupId: group },
      );
      emit(
        'conversation.offered',
        'conversation',
        id,
        { agentId: toAgentId, until: new Date(until).toISOString() },
        { ...audienceOf(row), userIds: [toAgentId], groupId: group },
      );
      return id;
    }
    await tx.run(
      sql`update conversation set state = 'queued', agent_id = null, offered_to = null, offer_until = null, group_id = ${group}::uuid, queue_at = coalesce(queue_at, ${new Date(now)}), relation = 'transferred', declined = case when ${actor.kind === 'user'} then array[${actor.kind === 'user' ? actor.id : null}::uuid] else '{}' end, declined_at = case when ${actor.kind === 'user'} then ${new Date(now)} else declined_at end, version = version + 1 where id = ${id}::uuid`,
    );
    emit(
      'conversation.transferred',
      'conversation',
      id,
      { fromId: row.agent_id, fromGroupId: row.group_id, toGroupId: group },
      { ...audienceOf(row), groupId: group },
    );
    emit(
      'conversation.queued',
      'conversation',
      id,
      { groupId: group! },
      { ...audienceOf(row), groupId: group },
    );
    return id;
  },
});

/** A supervisor takes over 接管; the agent keeps reading. */
export const takeOver = command({
  name: 'conversations.take-over',
  permission: 'conversation.takeover',
  input: obj({ id: Id, reason: text(300, 1) }),
  run: async (context, { id, reason }) => {
    const { tx, now, actor, emit, audit } = context;
    const row = await lockConversation(tx, id);
    if (
      !inScope(actor, 'conversation.takeover', {
        owners: [row.agent_id],
        groupId: row.group_id,
        channelId: row.channel_id,
      })
    )
      throw notFound();
    if (row.state === 'closed')
      throw new Problem('CONVERSATION_STATE', {
        state: labels.conversationState![row.state],
        action: { zh: '接管', en: 'take it over' },
      });
    await tx.run(
      sql`update conversation set state = 'active', agent_id = ${actor.id}::uuid, accepted_at = coalesce(accepted_at, ${new Date(now)}), offered_to = null, offer_until = null, relation = 'taken_over', version = version + 1 where id = ${id}::uuid`,
    );
    await post(
      context,
      id,
      'conversation',
      {
        visibility: 'internal',
        authorKind: 'system',
        authorName: '系统',
        body: `${actor.name} 接管会话：${reason}`,
        automatic: true,
      },
      audienceOf(row),
    );
    for (const kind of ['conversations.offer-timeout', 'conversations.queue-timeout'])
      await context.unschedule(kind, id);
    emit(
      'conversation.transferred',
      'conversation',
      id,
      { fromId: row.agent_id, toAgentId: actor.id },
      { ...audienceOf(row), userIds: [row.agent_id, actor.id] },
    );
    audit('conversation', id, { reason });
    return id;
  },
});

/** Ends a conversation, by anybody's hand or by time. */
/** Others may refuse that an agent ends a conversation: playbooks, while a step that must come first is open. */
let demandMayClose: ((context: Context, id: string) => Promise<void>) | undefined;
export const plugClosing = (check: (context: Context, id: string) => Promise<void>): void =>
  void (demandMayClose = check);

export const close = command({
  name: 'conversations.close',
  permission: null,
  input: obj({ id: Id, reason: oneOf(closeReasons) }),
  run: async (context, { id, reason }) => {
    const { tx, now, actor, emit } = context;
    const row = await lockConversation(tx, id);
    if (actor.kind === 'user' || actor.kind === 'token') demandServe(actor, row);
    if (row.state === 'closed') {
      if (actor.kind === 'user' || actor.kind === 'token')
        throw new Problem('CONVERSATION_STATE', {
          state: labels.conversationState![row.state],
          action: { zh: '结束', en: 'end it' },
        });
      return id;
    }
    if (reason === 'agent_closed' && (actor.kind === 'user' || actor.kind === 'token'))
      await demandMayClose?.(context, id);
    await tx.run(
      sql`update conversation set state = 'closed', closed_at = ${new Date(now)}, close_reason = ${reason}, offered_to = null, offer_until = null, waiting_since = null, version = version + 1 where id = ${id}::uuid`,
    );
    for (const kind of [
      'conversations.offer-timeout',
      'conversations.queue-timeout',
      'conversations.customer-timeout',
    ])
      await context.unschedule(kind, id);
    emit('conversation.closed', 'conversation', id, { reason }, audienceOf(row));
    return id;
  },
});

/** 服务小结: what it was about and whether it was solved; an idea for improvement is kept with it (SD2-12). */
export const wrapUp = command({
  name: 'conversations.wrap-up',
  permission: 'conversation.serve',
  input: obj({
    id: Id,
    category: opt(text(80)),
    topic: opt(text(200)),
    solved: opt(Type.Boolean()),
    idea: opt(text(1000)),
    note: opt(text(2000)),
  }),
  run: async ({ tx, actor, emit }, { id, ...summary }) => {
    const row = await lockConversation(tx, id);
    demandServe(actor, row);
    if (
      summary.category &&
      !(await setting(tx, 'categories')).nodes.some(({ key }) => key === summary.category)
    )
      throw new Problem('CATEGORY_UNKNOWN', { category: summary.category }, [
        { pointer: '/category', code: 'NOT_LISTED', values: { allowed: listedIn.categories } },
      ]);
    await tx.run(
      sql`update conversation set summary = ${json(summary)}::jsonb, version = version + 1 where id = ${id}::uuid`,
    );
    emit('conversation.wrapped_up', 'conversation', id, {}, audienceOf(row));
    return id;
  },
});

/** Ties a conversation to the customer it turned out to be. */
export const identify = command({
  name: 'conversations.identify',
  permission: null,
  audited: false,
  input: obj({ id: Id, customerId: Id, name: text(120), level: nullable(text(20)) }),
  run: async ({ tx }, { id, customerId, name, level }) => {
    await tx.run(
      sql`update conversation set customer_id = ${customerId}::uuid, customer_name = ${name}, customer_level = ${level}, contact_known = true where id = ${id}::uuid`,
    );
    await tx.run(
      sql`update visitor_session s set customer_id = ${customerId}::uuid from conversation v where v.id = ${id}::uuid and s.id = v.visitor_id and s.customer_id is null`,
    );
  },
});
