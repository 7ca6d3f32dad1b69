/** Conversations: one contact on one channel. The only door for other modules. */
import * as contract from '#contracts/routes/conversations.ts';
import { fill } from '#contracts/errors.ts';
import { surnameOf } from '#contracts/names.ts';
import type { Part, Reaction } from '#kernel/centre.ts';
import { userId } from '#kernel/actor.ts';
import { send } from '#kernel/command.ts';
import { answer } from '#kernel/http.ts';
import { sql } from '#kernel/sql.ts';
import type { Tx } from '#kernel/sql.ts';
import { setting } from '#modules/settings/index.ts';
import { channelRoutes } from './channels.ts';
import { accept, missOffer, offer } from './commands/offer.ts';
import { leaveMessage } from './queueing.ts';
import { receive } from './commands/receive.ts';
import { close, identify, plugClosing, say, takeOver, transfer, wrapUp } from './commands/serve.ts';
import {
  messageRows,
  messagesWhere,
  newestMessages,
  pageOfMessages,
  plugPrivateWords,
  toMessage,
} from './messages.ts';
import { noteMonitoring } from './commands/monitor.ts';
import { markUpset } from './commands/mark-upset.ts';
import { tag } from './commands/tag.ts';
import { forgetThread, purgeConversation } from './commands/purge.ts';
import { conversationById, listConversations } from './queries/list.ts';
import { channelById, lockConversation, lockReadable } from './store.ts';
import { markDelivery, markRead, openThread, post } from './threads.ts';
import { visitorRoutes, visitorByToken } from './visitors.ts';

export {
  accept,
  markUpset,
  conversationById,
  close,
  identify,
  forgetThread,
  missOffer,
  offer,
  receive,
  say,
  tag,
  transfer,
  openThread,
  post,
  markRead,
  markDelivery,
  messageRows,
  messagesWhere,
  newestMessages,
  pageOfMessages,
  plugClosing,
  plugPrivateWords,
  purgeConversation,
  toMessage,
  lockConversation,
  lockReadable,
  visitorByToken,
};
export { createChannel, changeChannel } from './channels.ts';
export { mayRead as mayReadTalk, reachTalks } from './queries/list.ts';
export { allChannels, channelById, channelByKey, audienceOf } from './store.ts';
export type { ChannelRow, ConversationRow } from './store.ts';
export { openLetter } from './written.ts';
export type { NewMessage } from './threads.ts';
export type { MessageRow } from './messages.ts';
export { serviceState } from './visitors.ts';

/** What clocks and routing need to know of a conversation. */
export const conversationFacts = (tx: Tx, id: string) =>
  tx.maybe(
    sql<{
      id: string;
      channelKind: string;
      channelId: string;
      groupId: string | null;
      agentId: string | null;
      customerId: string | null;
      customerLevel: string | null;
      visitorId: string | null;
      state: string;
      intent: string | null;
      querySince: number | null;
    }>`select id, intent, query_since as "querySince", channel_kind as "channelKind", channel_id as "channelId", group_id as "groupId", agent_id as "agentId", customer_id as "customerId", customer_level as "customerLevel", visitor_id as "visitorId", state from conversation where id = ${id}::uuid`,
  );

/** SD0-03: the first words of an agent carry the company's and the agent's real names; sent by itself, and no answer in the sense of the clock. */
const greet: Reaction = {
  name: 'conversations.greet',
  on: ['conversation.accepted'],
  react: async (context, event) => {
    const row = await lockConversation(context.tx, event.subjectId);
    if (
      row.channel_kind !== 'webchat' ||
      row.state !== 'active' ||
      row.first_reply_at !== null ||
      row.agent_id === null
    )
      return;
    const agent = await context.tx.one(
      sql<{
        name: string;
        staff_no: string;
      }>`select name, staff_no from app_user where id = ${row.agent_id}::uuid`,
    );
    const { company, greeting } = await setting(context.tx, 'centre');
    const brand = (await channelById(context.tx, row.channel_id))?.brand;
    const body = fill(greeting, {
      company,
      brand: brand === undefined || brand === '' ? company : brand,
      agentName: agent.name,
      surname: surnameOf(agent.name),
      staffNo: agent.staff_no,
    });
    await context.send(
      say,
      {
        id: row.id,
        visibility: 'public',
        body,
        automatic: true,
        clientId: `greeting-${row.id}-${row.agent_id}`,
      },
      { ...context.actor, name: agent.name },
    );
  },
};

export const conversations: Part = {
  name: 'conversations',
  reactions: [greet],
  subjects: {
    conversation: {
      permission: 'conversation.read',
      ownership: async (tx, id) => {
        const row = await tx.maybe(
          sql<{
            owners: (string | null)[];
            groupId: string | null;
            channelId: string;
          }>`select array[agent_id, offered_to] as owners, group_id as "groupId", channel_id as "channelId" from conversation where id = ${id}::uuid`,
        );
        return row;
      },
    },
    channel: { permission: 'operations.read' },
  },
  due: {
    'conversations.offer-timeout': async (context, { key, data }) =>
      void (await context.send(missOffer, { id: key, agentId: String(data.agentId), reason: 'timeout' })),
    'conversations.queue-timeout': async (context, { key }) => {
      const row = await lockConversation(context.tx, key);
      if (row.state !== 'queued' && row.state !== 'offered') return;
      await leaveMessage(
        context,
        row,
        'queue_timeout',
        '抱歉让您久等了，目前客服繁忙。您的留言已转为工单，我们会尽快联系您，请留下电话或邮箱。',
      );
    },
    'conversations.customer-timeout': async (context, { key }) =>
      void (await context.send(close, { id: key, reason: 'customer_timeout' })),
  },
  routes: [
    answer(contract.listConversations, ({ centre, actor, query }) =>
      listConversations(centre.db, actor, query),
    ),
    answer(contract.getConversation, ({ centre, actor, params }) =>
      conversationById(centre.db, actor, params.id),
    ),
    answer(contract.listMessages, async ({ centre, actor, params, query }) => {
      await noteMonitoring(centre, actor, await conversationById(centre.db, actor, params.id));
      return pageOfMessages(centre, [params.id], query);
    }),
    answer(contract.postMessage, async ({ centre, actor, params, body, idempotencyKey }) => {
      await conversationById(centre.db, actor, params.id);
      const { id } = await send(centre, say, { id: params.id, ...body }, actor, { idempotencyKey });
      const [row] = await messagesWhere(centre.db, sql`m.id = ${id}::uuid`);
      return toMessage(centre, row!);
    }),
    answer(contract.markRead, async ({ centre, actor, params, body }) => {
      await conversationById(centre.db, actor, params.id);
      const me = userId(actor);
      if (me) await markRead(centre.db, me, params.id, body.seq);
      return { ok: true };
    }),
    answer(contract.acceptConversation, async ({ centre, actor, params }) =>
      conversationById(centre.db, actor, await send(centre, accept, { id: params.id }, actor)),
    ),
    answer(contract.declineConversation, async ({ centre, actor, params, body }) => {
      await conversationById(centre.db, actor, params.id);
      await send(
        centre,
        missOffer,
        { id: params.id, agentId: actor.id, reason: body.reason ?? 'declined' },
        actor,
      );
      return { ok: true };
    }),
    answer(contract.transferConversation, async ({ centre, actor, params, body }) => {
      const before = await conversationById(centre.db, actor, params.id);
      await send(centre, transfer, { id: params.id, ...body }, actor);
      // After handing over, the agent may no longer read it: the answer is what it was.
      return conversationById(centre.db, actor, params.id).catch(() => before);
    }),
    answer(contract.takeOverConversation, async ({ centre, actor, params, body }) =>
      conversationById(
        centre.db,
        actor,
        await send(centre, takeOver, { id: params.id, reason: body.reason }, actor),
      ),
    ),
    answer(contract.closeConversation, async ({ centre, actor, params }) => {
      await conversationById(centre.db, actor, params.id);
      return conversationById(
        centre.db,
        actor,
        await send(centre, close, { id: params.id, reason: 'agent_closed' }, actor),
      );
    }),
    answer(contract.markUpset, async ({ centre, actor, params, body }) =>
      conversationById(
        centre.db,
        actor,
        await send(centre, markUpset, { id: params.id, upset: body.upset }, actor),
      ),
    ),
    answer(contract.tagConversation, async ({ centre, actor, params, body }) =>
      conversationById(
        centre.db,
        actor,
        await send(centre, tag, { id: params.id, intent: body.intent }, actor),
      ),
    ),
    answer(contract.wrapUpConversation, async ({ centre, actor, params, body }) =>
      conversationById(centre.db, actor, await send(centre, wrapUp, { id: params.id, ...body }, actor)),
    ),
    answer(contract.typing, async ({ centre, actor, params }) => {
      const view = await conversationById(centre.db, actor, params.id);
      const facts = await conversationFacts(centre.db, view.id);
      centre.bus.whisper({
        topic: `conversation:${view.id}`,
        audience: { visitorId: facts?.visitorId },
        payload: { kind: 'typing', by: 'agent', conversationId: view.id },
      });
      return { ok: true };
    }),
    ...visitorRoutes,
    ...channelRoutes,
  ],
};
