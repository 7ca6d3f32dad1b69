/** When something happened, its clocks start, stop and move in the same transaction. */
import type { EventData, EventType } from '#contracts/events.ts';
import type { InTransaction } from '#kernel/centre.ts';
import type { DeadlineKind } from '#contracts/words.ts';
import type { Audience, Context, EventRecord } from '#kernel/command.ts';
import type { Tx } from '#kernel/sql.ts';
import type { Clocks } from '#modules/tickets/index.ts';
import { engineOf, knowConversation, knowFacts, knowTicket } from './engine.ts';
import { begin, follow } from './follow.ts';
import type { Followed } from './follow.ts';
import { isEnded } from './rules.ts';
import type { Deadline } from './rules.ts';
import { lockClocks } from './store.ts';
import { starts, subjectOf } from './starts.ts';
import { nearest, rowOf, settle } from './tell.ts';

export const startingEvents = Object.keys(starts) as EventType[];

/** Deeds that can begin a clock, or need more than the clocks themselves. */
const begins = new Set<string>(['start', 'startOnce', 'aim', 'restart', 'runOn']);

/**
 * Conversations whose first answer is long given: a clock of theirs never starts again, so the thousand messages
 * that follow need not ask for it. Only what an earlier transaction ended counts; ours may yet be undone.
 */
const answered = new Set<string>();
const answeredAtMost = 20_000;
const noteAnswered = (id: string, clocks: readonly Deadline[], now: number): void => {
  if (!clocks.some(({ endedAt }) => endedAt !== null && endedAt < now - 1000)) return;
  if (answered.size >= answeredAtMost) answered.clear();
  answered.add(id);
};

/** What tickets about to be opened in a transaction were told they owe. */
const foreseen = new WeakMap<Tx, Map<string, Followed>>();

/** The nearest clock of a ticket that is about to be opened; its clocks are written when the opening is told. */
export const foresee: Clocks['foresee'] = async (context, facts, classified) => {
  const { policies, about } = await knowFacts(context, facts, classified);
  const engine = await engineOf(context, policies, [about.calendarId]);
  const opened = { type: 'ticket.opened' as const, data: {} as EventData<'ticket.opened'> };
  const followed = follow(starts['ticket.opened']!, about, [], opened, context.now, engine);
  const mine = foreseen.get(context.tx) ?? new Map<string, Followed>();
  foreseen.set(context.tx, mine.set(facts.id, followed));
  return rowOf(nearest(followed.clocks));
};

const begunAtOpening = async (context: Context, event: EventRecord): Promise<boolean> => {
  const followed = foreseen.get(context.tx)?.get(event.subjectId);
  if (event.type !== 'ticket.opened' || !followed) return false;
  await settle(context, undefined, followed, event.audience);
  return true;
};

export const followEvent: InTransaction = async (context, event) => {
  const deeds = starts[event.type];
  const subject = subjectOf(event);
  if (!deeds || !subject) return;
  if (event.type === 'message.posted' && answered.has(subject.id)) return;
  if (await begunAtOpening(context, event)) return;
  // A ticket just opened has no clocks yet.
  const clocks = event.type === 'ticket.opened' ? [] : await lockClocks(context.tx, subject.id);
  if (clocks.every(isEnded) && !deeds.some((deed) => begins.has(deed.do))) {
    if (event.type === 'message.posted') noteAnswered(subject.id, clocks, context.now);
    return;
  }
  const said = event.type === 'ticket.opened' && !(event.data as { classified: boolean }).classified;
  const waits =
    event.type !== 'ticket.classified' &&
    clocks.some((clock) => clock.kind === 'classify' && !isEnded(clock));
  const known = await (subject.type === 'ticket'
    ? knowTicket(context, subject.id, !said && !waits)
    : knowConversation(context, subject.id));
  if (!known) return;
  const engine = await engineOf(context, known.policies, [
    known.about.calendarId,
    ...clocks.map(({ calendarId }) => calendarId),
  ]);
  const followed = follow(deeds, known.about, clocks, event, context.now, engine);
  await settle(context, subject.type === 'ticket' ? subject.id : undefined, followed, event.audience);
};

/**
 * Starts clocks for a case that another module keeps the promises of. N rows go in one statement; a kind for which
 * the policy table has no row is not started. Give `facts` to be ruled by more than the subject says.
 */
export const startDeadlines = async (
  context: Context,
  subject: { type: 'ticket' | 'conversation'; id: string },
  kinds: readonly DeadlineKind[],
  audience: Audience = {},
): Promise<void> => {
  const known = await (subject.type === 'ticket'
    ? knowTicket(context, subject.id, true)
    : knowConversation(context, subject.id));
  if (!known) return;
  const clocks = await lockClocks(context.tx, subject.id);
  const engine = await engineOf(context, known.policies, [known.about.calendarId]);
  const begun = begin(kinds, known.about, context.now, engine);
  const all = { ...begun, clocks: [...clocks, ...begun.clocks] };
  await settle(context, subject.type === 'ticket' ? subject.id : undefined, all, audience);
};
