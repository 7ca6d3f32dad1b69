/** Operations: reactions that failed, and the event stream. */
import { route } from '../route.ts';
import { Type, obj, opt, nullable, Instant, text, pageQuery, pageOf, Ok } from '../schema.ts';

export const DeadDelivery = obj({
  id: Type.String(),
  subscriber: Type.String(),
  eventType: Type.String(),
  subjectType: Type.String(),
  subjectId: Type.String(),
  attempts: Type.Integer(),
  error: Type.String(),
  at: Instant,
});
export const listDead = route({
  method: 'GET',
  path: '/dead-letters',
  access: 'operations.read',
  tag: 'operations',
  summary: 'Reactions that failed for good, with their cause.',
  query: obj(pageQuery),
  response: pageOf(DeadDelivery),
});
export const retryDead = route({
  method: 'POST',
  path: '/dead-letters/:id/retry',
  access: 'operations.write',
  tag: 'operations',
  summary: 'Tries again.',
  params: obj({ id: text(40, 1) }),
  body: obj({}),
  response: Ok,
});
export const dropDead = route({
  method: 'DELETE',
  path: '/dead-letters/:id',
  access: 'operations.write',
  tag: 'operations',
  summary: 'Gives up on it, with a reason; audited.',
  params: obj({ id: text(40, 1) }),
  query: obj({ reason: text(300, 1) }),
  response: Ok,
});
export const EventRow = obj({
  position: Type.Integer(),
  type: Type.String(),
  at: Instant,
  subjectType: Type.String(),
  subjectId: Type.String(),
  actorKind: Type.String(),
  actorId: nullable(Type.String()),
  data: Type.Record(Type.String(), Type.Unknown()),
});
export const listEvents = route({
  method: 'GET',
  path: '/events',
  access: 'operations.read',
  tag: 'events',
  summary: 'The event stream after a position; gapless.',
  query: obj({
    after: opt(Type.Integer({ minimum: 0 })),
    limit: opt(Type.Integer({ minimum: 1, maximum: 200 })),
  }),
  response: obj({ items: Type.Array(EventRow), nextPosition: Type.Integer() }),
});
