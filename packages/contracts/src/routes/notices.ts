/** Notices: what one is told, and what one acknowledges. */
import { route } from '../route.ts';
import { Type, obj, opt, nullable, Id, Instant, Ok, pageQuery } from '../schema.ts';
import type { Static } from '../schema.ts';

const byId = obj({ id: Id });
export const Notice = obj({
  id: Id,
  at: Instant,
  kind: Type.String(),
  title: Type.String(),
  body: Type.String(),
  subjectType: Type.String(),
  subjectId: nullable(Id),
  needsAck: Type.Boolean(),
  readAt: nullable(Instant),
  ackAt: nullable(Instant),
  sound: Type.String(),
});
export type NoticeView = Static<typeof Notice>;
export const listNotices = route({
  method: 'GET',
  path: '/notices',
  access: 'signedIn',
  tag: 'notices',
  summary: 'My notices, newest first.',
  query: obj({ ...pageQuery, unread: opt(Type.Boolean()) }),
  response: obj({
    items: Type.Array(Notice),
    nextCursor: nullable(Type.String()),
    unread: Type.Integer(),
    toAcknowledge: Type.Integer(),
  }),
});
export const readNotices = route({
  method: 'POST',
  path: '/notices/read',
  access: 'signedIn',
  tag: 'notices',
  summary: 'Marks notices as read; without ids all of mine.',
  body: obj({ ids: opt(Type.Array(Id, { maxItems: 200 })) }),
  response: Ok,
});
export const ackNotice = route({
  method: 'POST',
  path: '/notices/:id/ack',
  access: 'signedIn',
  tag: 'notices',
  summary: 'Acknowledges an alert; until then it escalates.',
  params: byId,
  body: obj({}),
  response: Notice,
});
