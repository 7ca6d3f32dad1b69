/** Routing: queued conversations meet ready agents. Reacts only; acts by offering. */
import type { Centre, Part } from '#kernel/centre.ts';
import type { Context, EventRecord } from '#kernel/command.ts';
import { send } from '#kernel/command.ts';
import { systemActor } from '#kernel/actor.ts';
import { sql } from '#kernel/sql.ts';
import { mayServe } from '#modules/certifications/index.ts';
import { conversationFacts, offer, transfer } from '#modules/conversations/index.ts';
import { setPresence } from '#modules/identity/index.ts';
import { setting } from '#modules/settings/index.ts';
import { choose, peaceUntil } from './rules.ts';
import type { Candidate } from './rules.ts';

const seenEveryMs = 10_000;
/** The wake for what was given back and nobody else could take; the key is the group. */
const again = 'routing.again';

/** Ready people of a group with what they carry. Somebody whose page is gone is not offered anything. */
const candidates = async ({ tx, now }: Context, groupId: string): Promise<Candidate[]> => {
  const { graceSeconds, onboardingGate } = await setting(tx, 'routing');
  return tx.all(sql<Candidate>`
    select u.id, u.max_chats as max, coalesce((extract(epoch from (select max(v.accepted_at) from conversation v where v.agent_id = u.id)) * 1000)::bigint, 0) as "lastAt",
      (select count(*)::int from conversation v where v.channel_kind = 'webchat' and ((v.agent_id = u.id and v.state = 'active') or (v.offered_to = u.id and v.state = 'offered'))) as load
    from group_member m join app_user u on u.id = m.user_id and u.status = 'active' join presence p on p.user_id = u.id and p.state = 'ready' and (p.seen_at is null or p.seen_at > ${new Date(now - graceSeconds * 1000)})
    where m.group_id = ${groupId}::uuid and ${mayServe(sql`u.id`, onboardingGate, now)}`);
};

/** Offers as long as somebody waits and somebody is free. One dispatcher a group at a time. */
export const dispatch = async (context: Context, groupId: string): Promise<void> => {
  await context.tx.run(sql`select pg_advisory_xact_lock(hashtext(${`routing:${groupId}`}))`);
  const waiting = await context.tx.all(
    sql<{
      id: string;
      declined: string[];
      declined_at: number | null;
    }>`select id, declined, declined_at from conversation where group_id = ${groupId}::uuid and state = 'queued' order by queue_at, id limit 50`,
  );
  const people = waiting.length > 0 ? await candidates(context, groupId) : [];
  for (const { id, declined, declined_at } of waiting) {
    const until = peaceUntil(declined_at);
    const agent = choose(people, declined, context.now < until);
    if (agent) {
      if (await context.send(offer, { id, agentId: agent.id })) agent.load += 1;
      continue;
    }
    // Nobody has room for the next one either, unless this one only waits for somebody who gave it back.
    if (!choose(people, [])) return;
    await context.schedule(again, groupId, until);
  }
};

const groupsOf = ({ tx }: Context, userId: string) =>
  tx.all(sql<{ group_id: string }>`select group_id from group_member where user_id = ${userId}::uuid`);
const dispatchFor = async (context: Context, userId: string) => {
  for (const { group_id } of await groupsOf(context, userId)) await dispatch(context, group_id);
};

/** An agent who left: customers they were serving go to the front of the queue they came from. */
const release = async (context: Context, userId: string) => {
  const rows = await context.tx.all(
    sql<{
      id: string;
    }>`select id from conversation where agent_id = ${userId}::uuid and state = 'active' and channel_kind = 'webchat'`,
  );
  for (const { id } of rows)
    await context.send(transfer, { id, note: '客服离线，会话回到队列' }, systemActor('routing'));
};

/** Those whose page has been gone for longer than the grace time are signed off; their customers wait for nobody. */
const signOffLost = async (centre: Centre) => {
  const { graceSeconds } = await setting(centre.db, 'routing');
  const lost = await centre.db.all(
    sql<{
      user_id: string;
    }>`select user_id from presence where state <> 'offline' and seen_at is not null and seen_at < ${new Date(centre.clock.now() - graceSeconds * 1000)}`,
  );
  for (const { user_id } of lost)
    await send(
      centre,
      setPresence,
      { userId: user_id, state: 'offline', reason: 'connection_lost' },
      systemActor('routing'),
    );
};

export const routing: Part = {
  name: 'routing',
  due: { [again]: (context, { key }) => dispatch(context, key) },
  reactions: [
    {
      name: 'routing.queued',
      on: ['conversation.queued', 'conversation.offer_missed'],
      react: async (context, event) => {
        const facts = await conversationFacts(context.tx, event.subjectId);
        // RONA: who lets an offer ring out is not there; a free choice to give it back is.
        if (event.type === 'conversation.offer_missed') {
          const { agentId, reason } = (event as EventRecord<'conversation.offer_missed'>).data;
          if (reason === 'timeout')
            await context.send(setPresence, { userId: agentId, state: 'not_ready', reason: 'offer_missed' });
        }
        if (facts?.groupId) await dispatch(context, facts.groupId);
      },
    },
    {
      name: 'routing.room',
      on: ['conversation.closed', 'conversation.transferred'],
      react: async (context, event) => {
        const facts = await conversationFacts(context.tx, event.subjectId);
        if (facts?.agentId) await dispatchFor(context, facts.agentId);
        else if (facts?.groupId) await dispatch(context, facts.groupId);
      },
    },
    {
      name: 'routing.onboarded',
      on: ['certification.granted'],
      react: (context, event) =>
        dispatchFor(context, (event as EventRecord<'certification.granted'>).data.userId),
    },
    {
      name: 'routing.presence',
      on: ['presence.changed'],
      react: async (context, event) => {
        const { to } = (event as EventRecord<'presence.changed'>).data;
        if (to === 'ready') await dispatchFor(context, event.subjectId);
        if (to === 'offline') await release(context, event.subjectId);
      },
    },
  ],
  start: async (centre, role) => {
    if (role === 'worker') return undefined;
    const timer = setInterval(() => {
      const users = [...centre.bus.connectedUsers()];
      void centre.db
        .run(
          sql`update presence set seen_at = ${new Date(centre.clock.now())} where user_id = any(${users}::uuid[])`,
        )
        .then(() => signOffLost(centre))
        .catch((error) => centre.log.warn({ err: error }, 'presence waits for the database'));
    }, seenEveryMs);
    timer.unref();
    return async () => clearInterval(timer);
  },
};
