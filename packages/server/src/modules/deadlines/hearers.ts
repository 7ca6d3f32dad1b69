/** Who hears of what happens to clocks, by subject. */
import type { Audience, Context } from '#kernel/command.ts';
import { conversationFacts } from '#modules/conversations/index.ts';
import { ticketFacts } from '#modules/tickets/index.ts';
import type { TicketFacts } from '#modules/tickets/index.ts';
import type { Deadline } from './rules.ts';

export type Hearers = {
  audience: Audience;
  /** The clock the ticket row shows. */ next?: { kind: string | null; dueAt: number | null };
};

/**
 * Subjects whose clocks may be changed now. Tickets are locked too, only those that nobody works on right now: a
 * command holds its ticket and then asks for its clocks, so waiting here for a ticket would be a deadlock. A ticket
 * that is busy is left out; the next round has it.
 */
export const hearersOf = async (
  { tx, centre }: Context,
  clocks: readonly Deadline[],
): Promise<Map<string, Hearers>> => {
  const idsOf = (type: string): string[] => [
    ...new Set(clocks.filter(({ subjectType }) => subjectType === type).map(({ subjectId }) => subjectId)),
  ];
  const hearers = new Map<string, Hearers>();
  const ticketIds = idsOf('ticket');
  if (ticketIds.length > 0) {
    for (const facts of await ticketFacts(tx, ticketIds, { lock: 'free' }))
      hearers.set(facts.id, ofTicket(facts));
    const missing = ticketIds.filter((id) => !hearers.has(id));
    const busy = missing.length === 0 ? missing : (await ticketFacts(tx, missing)).map(({ id }) => id);
    // What is not there at all has nobody to hear, and its clock comes to rest like any other.
    for (const id of missing) if (!busy.includes(id)) hearers.set(id, { audience: {} });
  }
  for (const id of idsOf('conversation')) {
    const facts = await conversationFacts(tx, id);
    const { groupId, agentId, channelId, customerId, visitorId } = facts ?? {};
    hearers.set(id, { audience: { groupId, userIds: [agentId], channelId, customerId, visitorId } });
  }
  for (const [type, subject] of centre.subjects) {
    const ids = subject.clocks ? idsOf(type) : [];
    if (ids.length === 0) continue;
    for (const [id, audience] of await subject.clocks!.hearers(tx, ids)) hearers.set(id, { audience });
  }
  return hearers;
};

const ofTicket = ({
  groupId,
  assigneeId,
  accountableId,
  channelId,
  customerId,
  nextDueKind = null,
  nextDueAt = null,
}: TicketFacts): Hearers => ({
  audience: { groupId, userIds: [assigneeId, accountableId], channelId, customerId },
  next: { kind: nextDueKind, dueAt: nextDueAt },
});
