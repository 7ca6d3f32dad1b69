/** Notices, surveys, the floor, settings, files, audit, operations, events, search. */
import { route } from '../route.ts';
import { Type, obj, opt, nullable, Id, Instant, text, oneOf, pageQuery, pageOf, Ok } from '../schema.ts';
import type { Static } from '../schema.ts';
import {
  presenceStates,
  channelKinds,
  deadlineKinds,
  priorities,
  ticketStatuses,
  urgencies,
  impacts,
} from '../words.ts';

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

const score = Type.Integer({ minimum: 1, maximum: 5 });
export const SurveyAnswer = obj({
  efficiency: score,
  attitude: score,
  effectiveness: score,
  overall: opt(score),
  comment: opt(text(2000)),
});
export const sendSurvey = route({
  method: 'POST',
  path: '/tickets/:id/survey',
  access: 'ticket.work',
  tag: 'surveys',
  summary: 'Sends the survey now; one per ticket.',
  params: byId,
  body: obj({}),
  response: obj({ id: Id, sentAt: nullable(Instant), channel: Type.String() }),
  errors: ['TICKET_STATE', 'SURVEY_ANSWERED'],
});
export const enterSurvey = route({
  method: 'POST',
  path: '/tickets/:id/survey/answer',
  access: 'survey.read',
  tag: 'surveys',
  summary: 'A surveyor enters the answer given on the phone (SD1-47).',
  params: byId,
  body: SurveyAnswer,
  response: Ok,
  errors: ['SURVEY_ANSWERED', 'TICKET_STATE'],
});
export const ticketSurvey = route({
  method: 'GET',
  path: '/tickets/:id/survey',
  access: 'survey.read',
  tag: 'surveys',
  summary: 'The survey of a ticket without its link.',
  params: byId,
  response: obj({
    state: oneOf(['none', 'planned', 'sent', 'answered', 'expired'] as const),
    sentAt: nullable(Instant),
    channel: nullable(Type.String()),
    answeredAt: nullable(Instant),
    answer: nullable(SurveyAnswer),
    csat: nullable(Type.Number()),
  }),
});
export const listSurveys = route({
  method: 'GET',
  path: '/surveys',
  access: 'survey.read',
  tag: 'surveys',
  summary: 'Answers with the three dimensions.',
  query: obj({ ...pageQuery, from: opt(Instant), to: opt(Instant) }),
  response: pageOf(
    obj({
      id: Id,
      ticketId: Id,
      number: Type.String(),
      answeredAt: Instant,
      answer: SurveyAnswer,
      csat: Type.Number(),
      agentName: nullable(Type.String()),
    }),
  ),
});
export const getPublicSurvey = route({
  method: 'GET',
  path: '/s/:token',
  access: 'public',
  tag: 'public',
  summary: 'What the customer is asked; opening it records nothing.',
  params: obj({ token: text(100, 10) }),
  response: obj({
    company: Type.String(),
    number: Type.String(),
    subject: Type.String(),
    resolvedAt: nullable(Instant),
    state: oneOf(['open', 'answered', 'expired'] as const),
    agentName: nullable(Type.String()),
  }),
  ratePerMinute: 60,
  errors: ['SURVEY_EXPIRED'],
});
export const answerPublicSurvey = route({
  method: 'POST',
  path: '/s/:token',
  access: 'public',
  tag: 'public',
  summary: 'Answers once.',
  params: obj({ token: text(100, 10) }),
  body: SurveyAnswer,
  response: Ok,
  errors: ['SURVEY_ANSWERED', 'SURVEY_EXPIRED'],
  ratePerMinute: 60,
});

export const FloorAgent = obj({
  id: Id,
  name: Type.String(),
  staffNo: Type.String(),
  groups: Type.Array(Type.String()),
  state: oneOf(presenceStates),
  reason: nullable(Type.String()),
  since: Instant,
  connected: Type.Boolean(),
  load: Type.Integer(),
  max: Type.Integer(),
  offered: Type.Integer(),
  openTickets: Type.Integer(),
  breached: Type.Integer(),
});
export const FloorBreach = obj({
  deadlineId: Id,
  ticketId: nullable(Id),
  conversationId: nullable(Id),
  number: Type.String(),
  subject: Type.String(),
  kind: oneOf(deadlineKinds),
  priority: nullable(oneOf(priorities)),
  dueAt: Instant,
  state: oneOf(['warned', 'breached'] as const),
  assigneeName: nullable(Type.String()),
  groupName: nullable(Type.String()),
  status: nullable(oneOf(ticketStatuses)),
  escalationLevel: Type.Integer(),
});
export const Floor = obj({
  serverTime: Instant,
  queue: Type.Array(
    obj({
      groupId: Id,
      name: Type.String(),
      waiting: Type.Integer(),
      offered: Type.Integer(),
      longestSince: nullable(Instant),
      ready: Type.Integer(),
      online: Type.Integer(),
      load: Type.Integer(),
      capacity: Type.Integer(),
      pool: Type.Integer(),
    }),
  ),
  agents: Type.Array(FloorAgent),
  breaches: Type.Array(FloorBreach),
  dueSoon: Type.Integer(),
  today: obj({
    conversations: Type.Integer(),
    answered: Type.Integer(),
    answeredIn: Type.Integer(),
    answerSeconds: Type.Integer(),
    serviceLevel: nullable(Type.Number()),
    averageWaitSeconds: nullable(Type.Number()),
    abandoned: Type.Integer(),
    opened: Type.Integer(),
    resolved: Type.Integer(),
    closed: Type.Integer(),
    breached: Type.Integer(),
    csat: nullable(Type.Number()),
    rated: Type.Integer(),
  }),
  hours: Type.Array(
    obj({ hour: Type.String(), opened: Type.Integer(), resolved: Type.Integer(), breached: Type.Integer() }),
  ),
  alerts: Type.Array(Notice),
});
export type FloorView = Static<typeof Floor>;
export const getFloor = route({
  method: 'GET',
  path: '/floor',
  access: 'floor.read',
  tag: 'floor',
  summary: 'The supervisor’s page: queue, breaches, people, today; only what the reader may see.',
  response: Floor,
});
export const forcePresence = route({
  method: 'POST',
  path: '/floor/:id/presence',
  access: 'floor.control',
  tag: 'floor',
  summary: 'Sets an agent’s presence; marked as forced.',
  params: byId,
  body: obj({ state: oneOf(presenceStates), reason: text(200, 1) }),
  response: Ok,
  errors: ['REASON_REQUIRED'],
});
export const breachesToday = route({
  method: 'GET',
  path: '/floor/breaches',
  access: 'floor.read',
  tag: 'floor',
  summary: 'Breaches of the day grouped by rule (SD2-19).',
  response: obj({
    items: Type.Array(
      obj({
        kind: oneOf(deadlineKinds),
        priority: nullable(oneOf(priorities)),
        breached: Type.Integer(),
        met: Type.Integer(),
        running: Type.Integer(),
      }),
    ),
  }),
});

export const CategoryNode = obj({
  key: Type.String({ pattern: '^[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*){0,3}$' }),
  zh: text(40, 1),
  en: text(60, 1),
  groupKey: opt(nullable(text(40))),
  complaint: opt(Type.Boolean()),
  enabled: opt(Type.Boolean()),
  form: opt(nullable(text(40))),
});
export const MatrixCell = obj({
  urgency: oneOf(urgencies),
  impact: oneOf(impacts),
  priority: oneOf(priorities),
});
export const settingSchemas = {
  centre: obj({
    company: text(60, 1),
    companyEn: text(80, 1),
    greeting: text(400),
    greetingEn: text(400),
    hotline: text(40),
    privacyNotice: text(8000),
    retentionYears: Type.Integer({ minimum: 3, maximum: 30 }),
  }),
  matrix: obj({
    cells: Type.Array(MatrixCell, { minItems: 16, maxItems: 16 }),
    p1Users: Type.Integer({ minimum: 1 }),
    p1Loss: Type.Number({ minimum: 0 }),
  }),
  closeRule: obj({
    reminders: Type.Integer({ minimum: 0, maximum: 20 }),
    businessDays: Type.Number({ minimum: 0, maximum: 60 }),
    archiveAfterHours: Type.Number({ minimum: 0, maximum: 2000 }),
    reopenDays: Type.Integer({ minimum: 0, maximum: 365 }),
  }),
  routing: obj({
    offerSeconds: Type.Number({ minimum: 3, maximum: 600 }),
    customerTimeoutMinutes: Type.Number({ minimum: 1, maximum: 1440 }),
    queueTimeoutMinutes: Type.Number({ minimum: 1, maximum: 1440 }),
    graceSeconds: Type.Number({ minimum: 5, maximum: 3600 }),
    autoReplyCounts: Type.Boolean(),
    vipBonusSeconds: Type.Number({ minimum: 0, maximum: 7200 }),
  }),
  survey: obj({
    delayMinutes: Type.Number({ minimum: 0, maximum: 120 }),
    validDays: Type.Integer({ minimum: 1, maximum: 90 }),
    quietFrom: text(5),
    quietTo: text(5),
  }),
  progress: obj({ cadence: oneOf(['rolling', 'daily'] as const), dailyAt: text(5) }),
  categories: obj({ nodes: Type.Array(CategoryNode, { minItems: 1, maxItems: 400 }) }),
  templates: obj({
    items: Type.Array(
      obj({
        key: text(40, 1),
        channel: oneOf(['email', 'webchat', 'inapp'] as const),
        zhSubject: text(200),
        zhBody: text(8000),
        enSubject: text(200),
        enBody: text(8000),
      }),
      { maxItems: 60 },
    ),
  }),
} as const;
export type SettingKey = keyof typeof settingSchemas;
export type SettingValue<K extends SettingKey> = Static<(typeof settingSchemas)[K]>;
const settingKeys = [
  'centre',
  'matrix',
  'closeRule',
  'routing',
  'survey',
  'progress',
  'categories',
  'templates',
] as const;
export const listSettings = route({
  method: 'GET',
  path: '/settings',
  access: 'signedIn',
  tag: 'settings',
  summary: 'All settings by key with their versions.',
  response: obj({
    items: Type.Array(obj({ key: oneOf(settingKeys), value: Type.Unknown(), version: Type.Integer() })),
  }),
});
export const putSetting = route({
  method: 'PUT',
  path: '/settings/:key',
  access: 'settings.write',
  tag: 'settings',
  summary: 'Replaces one setting; new tickets follow it, running ones keep what they had.',
  params: obj({ key: oneOf(settingKeys) }),
  body: obj({ value: Type.Unknown(), version: Type.Integer() }),
  response: obj({ key: oneOf(settingKeys), value: Type.Unknown(), version: Type.Integer() }),
  errors: ['STALE_VERSION', 'VALIDATION'],
});

export const File = obj({
  id: Id,
  name: Type.String(),
  mime: Type.String(),
  size: Type.Integer(),
  url: Type.String(),
});
export const uploadFile = route({
  method: 'POST',
  path: '/files',
  access: 'signedIn',
  tag: 'files',
  summary: 'Uploads one file (multipart, at most 25 MB); attach it within 24 h.',
  consumes: 'multipart/form-data',
  bodyLimit: 26_214_400,
  response: File,
  status: 201,
  errors: ['TOO_LARGE', 'FILE_TYPE_REFUSED', 'STORAGE_FULL'],
});
export const fileLink = route({
  method: 'GET',
  path: '/files/:id/link',
  access: 'signedIn',
  tag: 'files',
  summary: 'A link to the file on the files origin, valid 15 minutes, if you may see where it is attached.',
  params: byId,
  response: obj({ url: Type.String(), expiresAt: Instant }),
});

export const AuditRow = obj({
  id: Type.String(),
  at: Instant,
  action: Type.String(),
  actorKind: Type.String(),
  actorId: nullable(Type.String()),
  actorName: nullable(Type.String()),
  subjectType: Type.String(),
  subjectId: Type.String(),
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
export const search = route({
  method: 'GET',
  path: '/search',
  access: 'signedIn',
  tag: 'search',
  summary: 'Customers and tickets by number, name, phone or text; only what you may see.',
  query: obj({ q: text(80, 1), types: opt(text(60)) }),
  response: obj({
    items: Type.Array(
      obj({
        type: oneOf(['ticket', 'customer'] as const),
        id: Id,
        number: Type.String(),
        title: Type.String(),
        hint: Type.String(),
      }),
    ),
  }),
});
export const catalogue = route({
  method: 'GET',
  path: '/catalogue',
  access: 'signedIn',
  tag: 'settings',
  summary: 'Words, permissions and categories for building screens.',
  response: obj({
    permissions: Type.Unknown(),
    words: Type.Unknown(),
    channelKinds: Type.Array(oneOf(channelKinds)),
  }),
});
