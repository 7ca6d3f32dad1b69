/**
 * Fires what is due: claims rows nobody else holds, lets the rules say what happened, writes and tells it in the one
 * transaction of the caller. So each thing happens once, over any number of processes and any crash.
 */
import type { Audience, Context } from '#kernel/command.ts';
import { conversationFacts } from '#modules/conversations/index.ts';
import { ticketFacts } from '#modules/tickets/index.ts';
import { bookOf, mathOf } from './engine.ts';
import { tick } from './rules.ts';
import type { Deadline, DeadlineEvent } from './rules.ts';
import { claimDue, updateTicked } from './store.ts';
import { showNearest, tellAll } from './tell.ts';

/** A clock that cannot be ticked waits this long and does not hold up the others. */
const parkMs = 60_000;

export const fireDue = async (context: Context, limit: number): Promise<number> => {
  const { tx, now, centre } = context;
  const claimed = await claimDue(tx, now, limit);
  if (claimed.length === 0) return 0;
  const audiences = await audiencesOf(context, claimed);
  const free = claimed.filter(({ subjectId }) => audiences.has(subjectId));
  const math = mathOf(await bookOf(context, new Set(free.map(({ calendarId }) => calendarId))));
  const changed: Deadline[] = [];
  const events: DeadlineEvent[] = [];
  for (const clock of free) {
    try {
      const outcome = tick(clock, now, math);
      changed.push(outcome.deadline);
      events.push(...outcome.events);
    } catch (error) {
      centre.log.error({ err: error, deadline: clock.id }, 'a clock cannot be ticked');
      changed.push({ ...clock, nextAt: now + parkMs });
    }
  }
  await updateTicked(tx, changed);
  tellAll(context, events, (subjectId) => audiences.get(subjectId) ?? {});
  await showNearest(context, [
    ...new Set(
      changed.filter(({ subjectType }) => subjectType === 'ticket').map(({ subjectId }) => subjectId),
    ),
  ]);
  return changed.length;
};

/**
 * Who hears, by subject. Tickets are locked too, only those that nobody works on right now: a command holds its
 * ticket and then asks for its clocks, so waiting here for a ticket would be a deadlock. The next round has the rest.
 */
export const audiencesOf = async (
  { tx }: Context,
  clocks: readonly Deadline[],
): Promise<Map<string, Audience>> => {
  const idsOf = (type: string): string[] => [
    ...new Set(clocks.filter(({ subjectType }) => subjectType === type).map(({ subjectId }) => subjectId)),
  ];
  const audiences = new Map<string, Audience>();
  const ticketIds = idsOf('ticket');
  if (ticketIds.length > 0)
    for (const { id, groupId, assigneeId, accountableId, channelId, customerId } of await ticketFacts(
      tx,
      ticketIds,
      { lock: 'free' },
    ))
      audiences.set(id, { groupId, userIds: [assigneeId, accountableId], channelId, customerId });
  for (const id of idsOf('conversation')) {
    const facts = await conversationFacts(tx, id);
    audiences.set(
      id,
      facts
        ? {
            groupId: facts.groupId,
            userIds: [facts.agentId],
            channelId: facts.channelId,
            customerId: facts.customerId,
            visitorId: facts.visitorId,
          }
        : {},
    );
  }
  return audiences;
};
