/** Changing a ticket: only what was changed is sent, and a change by somebody else is never written over unseen. */
import type { BodyOf } from '#contracts/route.ts';
import type { patchTicket, TicketView } from '#contracts/routes/tickets.ts';

export type Patch = BodyOf<typeof patchTicket>;
export const editable = [
  'subject',
  'category',
  'product',
  'description',
  'urgency',
  'impact',
  'affectedUsers',
  'lossAmount',
  'expectedAt',
  'emergency',
  'priority',
] as const;
export type EditField = (typeof editable)[number];
export type EditValues = Partial<Record<EditField, unknown>> & { reason?: string };

const valueOf = (ticket: TicketView, field: EditField): unknown =>
  field === 'emergency' ? ticket.isEmergency : ticket[field];

export const startOf = (ticket: TicketView): EditValues =>
  Object.fromEntries(editable.map((field) => [field, valueOf(ticket, field)]));

/** Fields that differ from what the person saw; instants are compared as instants. */
export function changesOf(seen: TicketView, values: EditValues): Patch {
  const changed = editable.filter(
    (field) => field in values && !same(valueOf(seen, field), values[field]) && values[field] !== undefined,
  );
  const patch = Object.fromEntries(changed.map((field) => [field, values[field]]));
  const reason = values.reason?.trim();
  return { ...patch, ...(reason && 'priority' in patch ? { reason } : {}) } as Patch;
}

const same = (a: unknown, b: unknown) =>
  (a ?? null) === (b ?? null) ||
  (typeof a === 'string' && typeof b === 'string' && a.length > 18 && Date.parse(a) === Date.parse(b));

export type Clash = { field: EditField; theirs: unknown; mine: unknown };

/** Fields both have changed to different values since `seen`. */
export function clashes(seen: TicketView, newest: TicketView, mine: Patch): Clash[] {
  return editable
    .filter((field) => field in mine && !same(valueOf(seen, field), valueOf(newest, field)))
    .filter((field) => !same(valueOf(newest, field), mine[field as keyof Patch]))
    .map((field) => ({ field, theirs: valueOf(newest, field), mine: mine[field as keyof Patch] }));
}
