/** The audit, for reading. */
import { route } from '../route.ts';
import { Type, obj, opt, nullable, Id, Instant, text, pageOf, pageQuery } from '../schema.ts';

export const AuditRow = obj({
  id: Type.String(),
  at: Instant,
  action: Type.String(),
  actorKind: Type.String(),
  actorId: nullable(Type.String()),
  actorName: nullable(Type.String()),
  subjectType: Type.String(),
  subjectId: Type.String(),
  /** Number or name of a ticket, customer, record, person or group; null for all else. */
  subjectName: nullable(Type.String()),
  data: Type.Unknown(),
  chain: Type.Integer(),
  seq: Type.Integer(),
  hash: Type.String(),
});
export const listAudit = route({
  method: 'GET',
  path: '/audit',
  access: 'audit.read',
  tag: 'audit',
  summary: 'The audit, newest first.',
  query: obj({ ...pageQuery, subjectId: opt(Id), actorId: opt(Id), action: opt(text(60)) }),
  response: pageOf(AuditRow),
});
