/** Tickets do not know the clock engine above them; it plugs in how its promises are read. */
import type { DeadlineView } from '#contracts/routes/tickets.ts';
import type { Tx } from '#kernel/sql.ts';

export type Clocks = { of(tx: Tx, subjectIds: readonly string[]): Promise<ReadonlyMap<string, DeadlineView[]>> };

export const clocks: Clocks = { of: async () => new Map() };

/** Called once by the deadlines module when the parts are put together. */
export const plugClocks = (engine: Clocks): void => void Object.assign(clocks, engine);
