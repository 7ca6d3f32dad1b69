/** How the left column is cut: who waits for me, for whom I wait, who waits for anybody. */
import type { ConversationView } from '#contracts/routes/conversations.ts';
import type { ClockTone } from '#ui/duration.ts';

export type Tier = 'me' | 'them' | 'queue' | 'open' | 'closed';
type Row = Pick<ConversationView, 'state' | 'waitingSince' | 'queuedAt' | 'openedAt' | 'offeredTo'>;

export const draftOf = (id: string) => `conversation:${id}`;

/** Tier of one of my own conversations. */
export const tierOf = ({ waitingSince }: Pick<Row, 'waitingSince'>): Tier => (waitingSince ? 'me' : 'them');

/** Mine: first those who wait for me, the longest wait on top; then those I have answered, the newest answer last. */
export function mine<R extends Row>(rows: R[]): R[] {
  const since = (row: R) => row.waitingSince ?? row.openedAt;
  return rows
    .filter(({ state }) => state === 'active')
    .toSorted(
      (a, b) =>
        Number(a.waitingSince === null) - Number(b.waitingSince === null) || since(a).localeCompare(since(b)),
    );
}

/** Offers made to me that have not run out, the one that ends first on top. */
export function offersTo<R extends Row & { offerUntil: string | null }>(rows: R[], me: string): R[] {
  return rows
    .filter(({ state, offeredTo }) => state === 'offered' && offeredTo === me)
    .toSorted((a, b) => (a.offerUntil ?? '').localeCompare(b.offerUntil ?? ''));
}

/** How loud a wait is, in ms waited. */
export const waitTone = (waited: number): ClockTone =>
  waited > 180_000 ? 'late' : waited > 60_000 ? 'warn' : 'ok';
