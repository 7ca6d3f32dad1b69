/** Tickets do not know the clock engine above them; it plugs in how its promises are read. */
import type { DeadlineView } from '#contracts/routes/tickets.ts';
import type { Context } from '#kernel/command.ts';
import { sql } from '#kernel/sql.ts';
import type { SqlFragment, Tx } from '#kernel/sql.ts';
import type { TicketFacts } from './facts.ts';

export type Shown = { dueAt: number | null; kind: string | null; state: string | null };
export type Clocks = {
  /** The newest clock of each kind of several tickets. */
  of(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, DeadlineView[]>>;
  /** The newest clock of each kind, as an expression of the statement that reads the ticket. */
  rowsOf(ticketId: string): SqlFragment;
  /** What that expression gave, as people see it. Calendars are read from `db`, where they are kept. */
  shown(db: Tx, rows: unknown): Promise<DeadlineView[]>;
  /**
   * The nearest clock of a ticket that is about to be opened, so that its row is written with it: an update right
   * after the insert would write every index of the ticket twice (half of the time of an opening).
   */
  foresee(context: Context, facts: TicketFacts, classified: boolean): Promise<Shown>;
};

export const clocks: Clocks = {
  of: async () => new Map(),
  rowsOf: () => sql`'[]'::json`,
  shown: async () => [],
  foresee: async () => ({ dueAt: null, kind: null, state: null }),
};

/** Called once by the deadlines module when the parts are put together. */
export const plugClocks = (engine: Clocks): void => void Object.assign(clocks, engine);
