/** Retention 保存期限 (SD1-37): what may be purged, what is held back, and why. */
import { route } from '../route.ts';
import { Type, obj, opt, nullable, Id, Instant, text, oneOf, pageQuery, pageOf } from '../schema.ts';
import type { Static } from '../schema.ts';

const tag = 'retention';
export const recordTypes = ['ticket', 'conversation', 'customer', 'mail'] as const;
const record = { type: oneOf(recordTypes), id: Id };
const reason = text(300);
export const DueRecord = obj({
  ...record,
  /** Number of a ticket or customer; the channel of a conversation or raw mail. */ label: Type.String(),
  title: Type.String(),
  /** When it was closed, last written in, last changed, or received. */ endedAt: Instant,
  keepUntil: Instant,
  hold: nullable(obj({ id: Id, reason: Type.String() })),
});
export type DueRecordView = Static<typeof DueRecord>;
export const Hold = obj({
  id: Id,
  type: oneOf(recordTypes),
  recordId: Id,
  label: Type.String(),
  reason: Type.String(),
  setBy: nullable(Type.String()),
  setAt: Instant,
});
export type HoldView = Static<typeof Hold>;
export const listDueRecords = route({
  method: 'GET',
  path: '/retention/due',
  access: 'retention.manage',
  tag,
  summary: 'Records whose time is over, the oldest first; held ones are shown with the reason.',
  query: obj({ ...pageQuery, type: opt(oneOf(recordTypes)) }),
  response: pageOf(DueRecord),
});
export const listHolds = route({
  method: 'GET',
  path: '/retention/holds',
  access: 'retention.manage',
  tag,
  summary: 'Legal holds in force, newest first.',
  query: obj(pageQuery),
  response: pageOf(Hold),
});
export const setHold = route({
  method: 'POST',
  path: '/retention/holds',
  access: 'retention.manage',
  tag,
  summary: 'Holds a record back from purging, with a reason; audited.',
  body: obj({ ...record, reason }),
  response: Hold,
  status: 201,
  errors: ['REASON_REQUIRED', 'RETENTION_HELD'],
});
export const releaseHold = route({
  method: 'POST',
  path: '/retention/holds/:id/release',
  access: 'retention.manage',
  tag,
  summary: 'Lifts a legal hold, with a reason; audited.',
  params: obj({ id: Id }),
  body: obj({ reason }),
  response: Hold,
  errors: ['REASON_REQUIRED'],
});
export const purgeRecords = route({
  method: 'POST',
  path: '/retention/purge',
  access: 'retention.manage',
  tag,
  summary: 'Purges records whose time is over; when one of them must be kept, none goes.',
  body: obj({ items: Type.Array(obj(record), { minItems: 1, maxItems: 200 }), reason }),
  response: obj({ purged: Type.Integer() }),
  errors: ['REASON_REQUIRED', 'RETENTION_NOT_DUE', 'RETENTION_HELD'],
});
