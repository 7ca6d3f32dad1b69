import { obj, opt, Id, text, Type } from '#contracts/schema.ts';
import { command } from '#kernel/command.ts';
import { Problem } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import { labels } from '#contracts/words.ts';
import { mayServe } from '#modules/certifications/index.ts';
import { setting } from '#modules/settings/index.ts';
import { audienceOf, lockConversation } from '../store.ts';
import type { ConversationRow } from '../store.ts';
import { inScope } from '#kernel/actor.ts';
import { notFound } from '#kernel/problem.ts';

const wrongState = (row: ConversationRow, zh: string, en: string) =>
  new Problem('CONVERSATION_STATE', { state: labels.conversationState![row.state], action: { zh, en } });

/** Offers a queued conversation to one agent for some seconds; the wake takes it back when nobody answers. */
export const offer = command({
  name: 'conversations.offer',
  permission: null,
  audited: false,
  input: obj({ id: Id, agentId: Id }),
  run: async (context, { id, agentId }) => {
    const { tx, now, emit } = context;
    const row = await lockConversation(tx, id);
    if (row.state !== 'queued') return false;
    const { offerSeconds } = await setting(tx, 'routing');
    const until = now + offerSeconds * 1000;
    await tx.run(
      sql`update conversation set state = 'offered', offered_to = ${agentId}::uuid, offer_until = ${new Date(until)}, version = version + 1 where id = ${id}::uuid`,
    );
    await context.schedule('conversations.offer-timeout', id, until, { agentId });
    emit(
      'conversation.offered',
      'conversation',
      id,
      { agentId, until: new Date(until).toISOString() },
      { ...audienceOf(row), userIds: [agentId] },
    );
    return true;
  },
});

/** The offer was not taken in time, or given back: into the queue again where it stood, this agent last in line for it. */
export const missOffer = command({
  name: 'conversations.miss-offer',
  permission: null,
  audited: false,
  input: obj({ id: Id, agentId: Id, reason: text(200) }),
  run: async (context, { id, agentId, reason }) => {
    const { tx, now, emit } = context;
    const row = await lockConversation(tx, id);
    if (row.state !== 'offered' || row.offered_to !== agentId) return false;
    await tx.run(
      sql`update conversation set state = 'queued', offered_to = null, offer_until = null, declined = array_append(declined, ${agentId}::uuid), declined_at = case when ${reason === 'timeout'} then declined_at else ${new Date(now)} end, version = version + 1 where id = ${id}::uuid`,
    );
    await context.unschedule('conversations.offer-timeout', id);
    emit(
      'conversation.offer_missed',
      'conversation',
      id,
      { agentId, reason },
      { ...audienceOf(row), userIds: [agentId] },
    );
    return true;
  },
});

/** An agent accepts what was offered, or claims from the queue of a group. The first one wins. */
export const accept = command({
  name: 'conversations.accept',
  permission: 'conversation.serve',
  input: obj({ id: Id, force: opt(Type.Boolean()) }),
  run: async (context, { id, force }) => {
    const { tx, now, actor, emit } = context;
    const row = await lockConversation(tx, id);
    if (
      !inScope(actor, 'conversation.read', {
        owners: [row.agent_id, row.offered_to],
        groupId: row.group_id,
        channelId: row.channel_id,
      })
    )
      throw notFound();
    if (row.state === 'active' && row.agent_id === actor.id) return id;
    if (row.state === 'active' || (row.state === 'offered' && row.offered_to !== actor.id))
      throw new Problem('OFFER_TAKEN');
    if (row.state !== 'queued' && row.state !== 'offered') throw wrongState(row, '接起', 'accept it');
    if (!force) {
      // The agent's row is the lock that keeps two accepts from passing the limit together.
      const me = await tx.one(
        sql<{
          max_chats: number;
          state: string | null;
          load: number;
          name: string;
          may: boolean;
        }>`select u.name, ${mayServe(sql`u.id`, (await setting(tx, 'routing')).onboardingGate, now)} as may, u.max_chats, p.state, (select count(*)::int from conversation where agent_id = u.id and state = 'active' and channel_kind = 'webchat') as load from app_user u left join presence p on p.user_id = u.id where u.id = ${actor.id}::uuid for update of u`,
      );
      if (!me.may) throw new Problem('ONBOARDING_PENDING', { name: me.name });
      if (me.load >= me.max_chats) throw new Problem('CAPACITY_FULL', { load: me.load, max: me.max_chats });
      if (me.state !== 'ready' && row.state === 'queued') throw new Problem('NOT_READY');
    }
    await tx.run(
      sql`update conversation set state = 'active', agent_id = ${actor.id}::uuid, accepted_at = coalesce(accepted_at, ${new Date(now)}), offered_to = null, offer_until = null, version = version + 1 where id = ${id}::uuid`,
    );
    await context.unschedule('conversations.offer-timeout', id);
    await context.unschedule('conversations.queue-timeout', id);
    emit(
      'conversation.accepted',
      'conversation',
      id,
      { agentId: actor.id, waitSeconds: Math.round((now - (row.queued_at ?? row.opened_at)) / 1000) },
      { ...audienceOf(row), userIds: [actor.id] },
    );
    return id;
  },
});
