/** Notices: what one is told, and what one acknowledges. */
import { route } from '../route.ts';
import { Type, obj, opt, nullable, Id, Instant, Ok, oneOf, pageQuery } from '../schema.ts';
import type { Static } from '../schema.ts';

const byId = obj({ id: Id });
export const noticeKinds = [
  'offered',
  'offer_missed',
  'assigned',
  'customer_wrote',
  'mentioned',
  'stranger_wrote',
  'urged',
  'deadline_warned',
  'deadline_breached',
  'urgent_opened',
  'urgent_unanswered',
  'escalated',
  'bounced',
  'made_accountable',
  'customer_upset',
  'upset_unanswered',
  'certificate_expiring',
  'incident_started',
  'incident_ended',
  'low_score',
  'mail_failed',
  'task_given',
  'approval_asked',
  'step_due',
  'step_late',
] as const;
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
  /** Where a task is worked on: its ticket, conversation or customer. Null for what is its own place, or has none. */
  place: nullable(obj({ type: oneOf(['ticket', 'conversation', 'customer'] as const), id: Id })),
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

/** What one wants to get by mail as well; the bell always rings. */
export const NoticeMail = obj({
  kinds: Type.Array(oneOf(noticeKinds), { maxItems: noticeKinds.length, uniqueItems: true }),
  /** Only while one is signed off. */ onlyAway: Type.Boolean(),
});
export const getNoticeMail = route({
  method: 'GET',
  path: '/me/notice-mail',
  access: 'signedIn',
  tag: 'notices',
  summary: 'Which notices I get by mail as well.',
  response: NoticeMail,
});
export const putNoticeMail = route({
  method: 'PUT',
  path: '/me/notice-mail',
  access: 'signedIn',
  tag: 'notices',
  summary: 'Chooses which notices I get by mail as well, always or only while I am away.',
  body: NoticeMail,
  response: NoticeMail,
});
