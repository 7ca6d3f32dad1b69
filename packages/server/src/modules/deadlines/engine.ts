/** Gives the pure rules what they count with: the policy table of the case, the calendars, its facts. */
import type { ChannelKind, CustomerLevel } from '#contracts/words.ts';
import type { Context } from '#kernel/command.ts';
import { kept } from '#kernel/kept.ts';
import { calendarBook, forgetBook } from '#modules/calendar/index.ts';
import type { CalendarBook } from '#modules/calendar/index.ts';
import { allChannels, conversationFacts } from '#modules/conversations/index.ts';
import { policiesAt, policiesOfVersion } from '#modules/policies/index.ts';
import type { PolicySet } from '#modules/policies/index.ts';
import { settingCached } from '#modules/settings/index.ts';
import { ticketFacts } from '#modules/tickets/index.ts';
import type { TicketFacts } from '#modules/tickets/index.ts';
import { arithmeticOf } from './arithmetic.ts';
import type { Case, Engine } from './follow.ts';
import type { Arithmetic } from './rules.ts';

/** Calendar by channel id, and by channel kind for cases that only know the kind. */
const channelCalendars = kept(2000, async (db) => {
  const byChannel = new Map<string, string | null>();
  for (const { id, kind, calendar_id, enabled } of await allChannels(db)) {
    byChannel.set(id, calendar_id);
    if (enabled && !byChannel.has(kind)) byChannel.set(kind, calendar_id);
  }
  return byChannel;
});

/** The arithmetic of a book; hot paths carry no reasoning along. */
export const mathOf = (book: CalendarBook): Arithmetic => arithmeticOf(book.of, { traced: false });

/** The book that knows these calendars: another process may have made one in the last two seconds. */
export const bookOf = async (
  { centre: { db } }: Context,
  calendarIds: Iterable<string | null>,
): Promise<CalendarBook> => {
  const book = await calendarBook(db);
  for (const id of calendarIds) {
    if (id === null || book.has(id)) continue;
    forgetBook(db);
    return calendarBook(db);
  }
  return book;
};

/** The engine for a case whose promises follow one version of the table. */
export const engineOf = async (
  context: Context,
  policies: PolicySet,
  calendarIds: Iterable<string | null>,
): Promise<Engine> => {
  const { centre, now, newId } = context;
  const book = await bookOf(context, [
    ...calendarIds,
    ...policies.items.map(({ calendarId }) => calendarId ?? null),
  ]);
  return {
    policies,
    hasCalendar: book.has,
    calendarOf: book.of,
    standardId: book.standardId,
    math: mathOf(book),
    progress: await settingCached(centre.db, 'progress', now),
    newId,
  };
};

export type Known = { about: Case; policies: PolicySet };

/** A ticket as its promises see it; undefined when it is not there. */
export const knowTicket = async (
  context: Context,
  id: string,
  classified: boolean,
): Promise<Known | undefined> => {
  const [facts] = await ticketFacts(context.tx, [id]);
  return facts && knowFacts(context, facts, classified);
};

/** The same from facts in hand. */
export const knowFacts = async (
  { centre: { db } }: Context,
  facts: TicketFacts,
  classified: boolean,
): Promise<Known> => {
  const calendars = await channelCalendars.of(db);
  const { channel, category, priority, customerLevel, groupId } = facts;
  return {
    policies: await policiesOfVersion(db, facts.policyVersion),
    about: {
      type: 'ticket',
      id: facts.id,
      facts: {
        channel,
        category,
        priority,
        customerLevel,
        ...(groupId ? { groupId } : {}),
        ...(facts.severe ? { intent: 'severe' } : {}),
      },
      calendarId: calendars.get(facts.channelId ?? channel) ?? null,
      createdAt: facts.createdAt,
      started: facts.startedAt !== null,
      contacted: facts.contactedAt !== null,
      classified,
      complaint: facts.isComplaint,
      emergency: facts.isEmergency,
      queried: false,
      autoReplyCounts: false,
    },
  };
};

/** A conversation as its promises see it. */
export const knowConversation = async (
  { centre, tx, now }: Context,
  id: string,
): Promise<Known | undefined> => {
  const facts = await conversationFacts(tx, id);
  if (!facts) return undefined;
  const calendars = await channelCalendars.of(centre.db);
  return {
    policies: await policiesAt(centre.db, now),
    about: {
      type: 'conversation',
      id,
      facts: {
        channel: facts.channelKind as ChannelKind,
        ...(facts.groupId ? { groupId: facts.groupId } : {}),
        ...(facts.customerLevel ? { customerLevel: facts.customerLevel as CustomerLevel } : {}),
        ...(facts.intent ? { intent: facts.intent } : {}),
      },
      calendarId: calendars.get(facts.channelId) ?? null,
      createdAt: facts.querySince ?? now,
      started: false,
      contacted: false,
      classified: true,
      complaint: false,
      emergency: false,
      queried: facts.intent === 'order_query' && facts.querySince !== null,
      autoReplyCounts: (await settingCached(centre.db, 'routing', now)).autoReplyCounts,
    },
  };
};
