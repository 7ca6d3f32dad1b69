/**
 * Which events can already be told, while they are written, to start nothing: every ticket and every customer that
 * comes in is such an event, and queueing it for each cost a third of the tickets a second.
 */
import { mayHold } from '#contracts/conditions.ts';
import type { EventRecord } from '#kernel/command.ts';
import type { SqlFragment, Tx } from '#kernel/sql.ts';
import { lastInForce } from './store.ts';

/** Of what just came into being no run goes on and nothing waits for it: it can only start something. */
const births: readonly string[] = ['ticket.opened', 'customer.created'];
export const isBirth = ({ type }: EventRecord): boolean => births.includes(type);

/** Facts of the case that the event itself tells. Whatever else a condition asks for is left open. */
const toldBy: Record<string, readonly string[]> = {
  'ticket.opened': ['number', 'channel', 'priority', 'category', 'complaint', 'emergency'],
};

/**
 * false is never said outright: what is in force is known from a copy, and another process may have changed it. The
 * condition is looked at by the statement that writes the event, so that an event is missed only by a playbook that
 * came into force after it.
 */
export const mayStart = (db: Tx, event: EventRecord): true | SqlFragment => {
  const last = lastInForce(db, event.at);
  if (!last) return true;
  const told = toldBy[event.type] ?? [];
  const facts = { [event.subjectType]: event.data, event: event.data };
  const isKnown = (path: string) => {
    const [root, name] = path.split('.');
    return root === 'event' || (root === event.subjectType && told.includes(name!));
  };
  const starts = last.packs.some(
    ({ pack }) =>
      pack.about === event.subjectType &&
      (pack.startsWhen ?? []).some(
        (start) => start.event === event.type && mayHold(start.if, facts, isKnown),
      ),
  );
  return starts || last.outdated;
};
