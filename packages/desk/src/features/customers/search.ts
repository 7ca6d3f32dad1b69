/** The filters of the customer list as they stand in the address. */
import { customerKinds, customerLevels, type CustomerKind, type CustomerLevel } from '#contracts/words.ts';

export type CustomerSearch = { q?: string; level?: CustomerLevel; kind?: CustomerKind };

export function readCustomerSearch(search: Record<string, unknown>): CustomerSearch {
  const q = typeof search.q === 'number' ? String(search.q) : search.q;
  const found: CustomerSearch = {
    q: typeof q === 'string' && q.trim() !== '' ? q.slice(0, 80) : undefined,
    level: customerLevels.find((one) => one === search.level),
    kind: customerKinds.find((one) => one === search.kind),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}
