/** What other modules need to know of a ticket, without its words and its customer's data. */
import type { ChannelKind, CustomerLevel, Priority, TicketStatus } from '#contracts/words.ts';
import { sql } from '#kernel/sql.ts';
import type { Tx } from '#kernel/sql.ts';

export type TicketFacts = {
  id: string;
  channel: ChannelKind;
  category: string;
  priority: Priority;
  customerLevel: CustomerLevel;
  groupId: string | null;
  assigneeId: string | null;
  accountableId: string | null;
  customerId: string;
  channelId: string | null;
  isComplaint: boolean;
  isEmergency: boolean;
  severe: boolean;
  createdAt: number;
  startedAt: number | null;
  contactedAt: number | null;
  resolvedAt: number | null;
  status: TicketStatus;
  policyVersion: number;
  number: string;
  subject: string;
  /** The clock the row shows; not among the facts of a ticket that is just being opened. */ nextDueKind?:
    | string
    | null;
  nextDueAt?: number | null;
};
/**
 * Facts of tickets that a transaction has opened or read in bulk: who asks for one of them need not read it again.
 */
const fresh = new WeakMap<Tx, Map<string, TicketFacts>>();
export const noteFacts = (tx: Tx, facts: TicketFacts): void => {
  const noted = fresh.get(tx) ?? new Map<string, TicketFacts>();
  fresh.set(tx, noted.set(facts.id, facts));
};
/** Called before a ticket changes. */
export const forgetFacts = (tx: Tx, id: string): void => void fresh.get(tx)?.delete(id);

/**
 * What policies, clocks and notices need to know; no personal data. With `lock: 'free'` only those that nobody is
 * changing right now, and they stay ours until the transaction ends; it never waits.
 */
export const ticketFacts = async (
  tx: Tx,
  ids: readonly string[],
  { lock }: { lock?: 'free' } = {},
): Promise<TicketFacts[]> => {
  const noted = ids.length === 1 ? fresh.get(tx)?.get(ids[0]!) : undefined;
  return noted ? [noted] : read(tx, ids, lock);
};

const read = (tx: Tx, ids: readonly string[], lock?: 'free'): Promise<TicketFacts[]> =>
  tx.all(sql<TicketFacts>`
  select id, channel, category, priority, customer_level as "customerLevel", group_id as "groupId", assignee_id as "assigneeId", accountable_id as "accountableId", customer_id as "customerId", channel_id as "channelId", is_complaint as "isComplaint", is_emergency as "isEmergency", coalesce((fields ->> 'severe')::boolean, false) as severe,
    created_at as "createdAt", started_at as "startedAt", contacted_at as "contactedAt", resolved_at as "resolvedAt", status, policy_version as "policyVersion", number, subject, next_due_kind as "nextDueKind", next_due_at as "nextDueAt"
  from ticket where id = any(${ids}::uuid[]) ${lock === 'free' ? sql`for no key update skip locked` : sql``}`);
