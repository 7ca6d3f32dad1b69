/** What customers use: the widget, the portal request form and the public progress page. */
import { route } from '../route.ts';
import {
  Type,
  obj,
  opt,
  nullable,
  Id,
  Instant,
  Email,
  text,
  title,
  titleOrNone,
  oneOf,
  Ok,
} from '../schema.ts';
import type { Static } from '../schema.ts';
import { Field, Words, keyPattern } from '../pack-record.ts';
import { Answers } from './tasks.ts';
import { conversationStates, closeReasons, ticketStatuses, channelKinds } from '../words.ts';

const visitor = 'visitor';
export const ServiceState = obj({
  open: Type.Boolean(),
  hours: Type.String(),
  nextOpening: nullable(Instant),
  agentsOnline: Type.Boolean(),
  waiting: Type.Integer(),
  estimateSeconds: nullable(Type.Integer()),
});
export const VisitorMessage = obj({
  id: Id,
  seq: Type.Integer(),
  at: Instant,
  from: oneOf(['customer', 'agent', 'system'] as const),
  name: Type.String(),
  body: Type.String(),
  attachments: Type.Array(
    obj({ id: Id, name: Type.String(), mime: Type.String(), size: Type.Integer(), url: Type.String() }),
  ),
  clientId: nullable(Type.String()),
});
export type VisitorMessageView = Static<typeof VisitorMessage>;
export const VisitorConversation = obj({
  id: nullable(Id),
  state: oneOf([...conversationStates, 'none'] as const),
  closeReason: nullable(oneOf(closeReasons)),
  ahead: Type.Integer(),
  offerUntil: nullable(Instant),
  answerDueAt: nullable(Instant),
  agentName: nullable(Type.String()),
  agentStaffNo: nullable(Type.String()),
  ticket: nullable(obj({ number: Type.String(), status: Type.String(), publicUrl: Type.String() })),
  lastSeq: Type.Integer(),
});
export type VisitorConversationView = Static<typeof VisitorConversation>;
export const WidgetConfig = obj({
  channelId: Id,
  company: Type.String(),
  companyEn: Type.String(),
  greeting: Type.String(),
  greetingEn: Type.String(),
  service: ServiceState,
  privacyNotice: Type.String(),
  filesOrigin: Type.String(),
  serverTime: Instant,
});

export const getWidgetConfig = route({
  method: 'GET',
  path: '/widget/:key/config',
  access: 'public',
  tag: 'widget',
  summary: 'Company, greeting and the truth about service now.',
  params: obj({ key: text(60, 1) }),
  response: WidgetConfig,
  ratePerMinute: 240,
});
export const startVisitor = route({
  method: 'POST',
  path: '/widget/:key/session',
  access: 'public',
  tag: 'widget',
  summary:
    'Starts an anonymous visitor session; the token is kept by the frame and sent as Authorization: Visitor TOKEN.',
  params: obj({ key: text(60, 1) }),
  body: obj({ locale: opt(oneOf(['zh-CN', 'en'] as const)) }),
  response: obj({ token: Type.String(), expiresAt: Instant }),
  status: 201,
  ratePerMinute: 30,
});
export const getVisitorState = route({
  method: 'GET',
  path: '/widget/conversation',
  access: visitor,
  tag: 'widget',
  summary: 'My conversation and messages after seq.',
  query: obj({ after: opt(Type.Integer({ minimum: 0 })) }),
  response: obj({
    conversation: VisitorConversation,
    messages: Type.Array(VisitorMessage),
    service: ServiceState,
    serverTime: Instant,
  }),
});
export const sendVisitorMessage = route({
  method: 'POST',
  path: '/widget/messages',
  access: visitor,
  tag: 'widget',
  summary: 'Writes; opens a conversation when none is open. clientId makes a resend harmless.',
  body: obj({
    body: title(4000),
    clientId: text(64, 8),
    attachments: opt(Type.Array(Id, { maxItems: 5 })),
    pageUrl: opt(text(500)),
    name: opt(titleOrNone(60)),
    phone: opt(text(40)),
    email: opt(Email),
  }),
  response: obj({ message: VisitorMessage, conversation: VisitorConversation }),
  status: 201,
  errors: ['RATE_LIMITED', 'UPLOAD_FOREIGN', 'PHONE_INVALID'],
  ratePerMinute: 120,
});
export const leaveVisitorContact = route({
  method: 'POST',
  path: '/widget/contact',
  access: visitor,
  tag: 'widget',
  summary: 'Leaves name and phone or e-mail for a reply outside the chat.',
  body: obj({ name: opt(titleOrNone(60)), phone: opt(text(40)), email: opt(Email) }),
  response: Ok,
  errors: ['PHONE_INVALID'],
});
export const closeVisitor = route({
  method: 'POST',
  path: '/widget/close',
  access: visitor,
  tag: 'widget',
  summary: 'Ends my conversation, or leaves the queue.',
  body: obj({}),
  response: Ok,
});
export const handOffVisitor = route({
  method: 'POST',
  path: '/widget/hand-off',
  access: visitor,
  tag: 'widget',
  summary: '转人工: from self-service to people; always possible.',
  body: obj({}),
  response: Ok,
});
export const solvedVisitor = route({
  method: 'POST',
  path: '/widget/solved',
  access: visitor,
  tag: 'widget',
  summary:
    'Self-service answered my question; the conversation ends without ever having waited for a person.',
  body: obj({}),
  response: Ok,
});
export const visitorTyping = route({
  method: 'POST',
  path: '/widget/typing',
  access: visitor,
  tag: 'widget',
  summary: 'Tells the agent that I am typing.',
  body: obj({}),
  response: Ok,
});
export const uploadVisitorFile = route({
  method: 'POST',
  path: '/widget/files',
  access: visitor,
  tag: 'widget',
  summary: 'Uploads a picture or file (at most 25 MB).',
  consumes: 'multipart/form-data',
  bodyLimit: 26_214_400,
  response: obj({
    id: Id,
    name: Type.String(),
    mime: Type.String(),
    size: Type.Integer(),
    url: Type.String(),
  }),
  status: 201,
  errors: ['TOO_LARGE', 'FILE_TYPE_REFUSED', 'STORAGE_FULL'],
  ratePerMinute: 20,
});

/** What customers are told of a field of a form that they fill in. */
export const portalFieldKeys = [
  'key',
  'zh',
  'en',
  'type',
  'required',
  'showIf',
  'options',
  'min',
  'max',
  'pattern',
  'help',
  'default',
] as const;
const PortalField = Type.Pick(Field, [...portalFieldKeys], { additionalProperties: false });
export type PortalFieldView = Static<typeof PortalField>;

export const portalInfo = route({
  method: 'GET',
  path: '/portal',
  access: 'public',
  tag: 'portal',
  summary: 'Company, channels with scope, hours and targets, categories.',
  response: obj({
    company: Type.String(),
    companyEn: Type.String(),
    hotline: Type.String(),
    privacyNotice: Type.String(),
    widgetKey: nullable(Type.String()),
    channels: Type.Array(
      obj({
        kind: oneOf(channelKinds),
        name: Type.String(),
        nameEn: Type.String(),
        scope: Type.String(),
        hours: Type.String(),
        open: Type.Boolean(),
        nextOpening: nullable(Instant),
        target: Type.String(),
        address: nullable(Type.String()),
        /** The chat that the portal itself opens (`widgetKey`). */ chat: Type.Boolean(),
      }),
    ),
    /** `complaint`: goes straight to who handles complaints; the entry 我要投诉 offers these alone (SD3j-02). */
    categories: Type.Array(
      obj({ key: Type.String(), zh: Type.String(), en: Type.String(), complaint: Type.Boolean() }),
    ),
    products: Type.Array(obj({ key: Type.String(), zh: Type.String(), en: Type.String() })),
  }),
  ratePerMinute: 240,
});
export const submitRequest = route({
  method: 'POST',
  path: '/portal/requests',
  access: 'public',
  tag: 'portal',
  summary: 'Files a request; the answer carries the number and a promise.',
  body: obj({
    name: title(60),
    kind: oneOf(['person', 'company', 'partner'] as const),
    company: opt(text(120)),
    phone: title(40),
    email: opt(Email),
    category: title(80),
    product: opt(text(40)),
    subject: title(200),
    description: title(8000),
    consent: Type.Boolean(),
    locale: opt(oneOf(['zh-CN', 'en'] as const)),
  }),
  response: obj({
    number: Type.String(),
    promise: Type.String(),
    dueAt: nullable(Instant),
    progressUrl: Type.String(),
  }),
  status: 201,
  errors: [
    'CONSENT_REQUIRED',
    'PHONE_INVALID',
    'CATEGORY_UNKNOWN',
    'PRODUCT_UNKNOWN',
    'CUSTOMER_COMPANY_REQUIRED',
  ],
  ratePerMinute: 10,
});
export const portalForms = route({
  method: 'GET',
  path: '/portal/forms',
  access: 'public',
  tag: 'portal',
  summary: 'Forms that customers fill in themselves: a waybill, a booking.',
  response: obj({
    items: Type.Array(
      obj({
        kind: Type.String(),
        name: Words,
        fields: Type.Array(PortalField),
        /** Name and phone are asked for beside the form. */ asksWho: Type.Boolean(),
      }),
    ),
  }),
  ratePerMinute: 240,
});
export const submitForm = route({
  method: 'POST',
  path: '/portal/forms/:kind',
  access: 'public',
  tag: 'portal',
  summary: 'Sends a filled form; the answer carries the number and what happens next.',
  params: obj({ kind: Type.String({ pattern: keyPattern }) }),
  body: obj({
    data: Answers,
    name: opt(title(60)),
    phone: opt(title(40)),
    consent: Type.Boolean(),
  }),
  response: obj({
    number: nullable(Type.String()),
    promise: Words,
    /** Where it stands can be looked up by that number. */ lookUp: Type.Boolean(),
  }),
  status: 201,
  errors: ['CONSENT_REQUIRED', 'PHONE_INVALID', 'RECORD_KIND_UNKNOWN', 'UNKNOWN_FIELD'],
  ratePerMinute: 10,
});
export const PublicTicket = obj({
  number: Type.String(),
  subject: Type.String(),
  status: oneOf(ticketStatuses),
  statusText: Type.String(),
  createdAt: Instant,
  ownerName: nullable(Type.String()),
  etaAt: nullable(Instant),
  nextPromise: nullable(obj({ kind: Type.String(), dueAt: Instant, text: Type.String() })),
  resolution: nullable(obj({ solution: Type.String(), steps: Type.String(), cautions: Type.String() })),
  canConfirm: Type.Boolean(),
  canUrge: Type.Boolean(),
  canReply: Type.Boolean(),
  /** Words on a ticket that is over open it again, or a new one that is linked to it. */
  replyOpens: nullable(oneOf(['again', 'new'] as const)),
  /** The number of the newest ticket in which it goes on. */ continuedBy: nullable(Type.String()),
  confirmedAt: nullable(Instant),
  surveyUrl: nullable(Type.String()),
  steps: Type.Array(obj({ at: Instant, text: Type.String(), kind: Type.String() })),
  messages: Type.Array(
    obj({
      at: Instant,
      from: oneOf(['customer', 'agent', 'system'] as const),
      name: Type.String(),
      body: Type.String(),
    }),
  ),
  serverTime: Instant,
});
export type PublicTicketView = Static<typeof PublicTicket>;
export const lookUp = route({
  method: 'POST',
  path: '/portal/lookup',
  access: 'public',
  tag: 'portal',
  summary: 'Number and last four digits of the phone → a progress pass for 30 minutes.',
  body: obj({ number: title(40), tail: Type.String({ pattern: '^\\d{4}$', examples: ['5678'] }) }),
  response: obj({ pass: Type.String(), ticket: PublicTicket }),
  errors: ['LOOKUP_FAILED', 'RATE_LIMITED'],
  ratePerMinute: 10,
});
export const publicProgress = route({
  method: 'GET',
  path: '/portal/progress',
  access: 'public',
  tag: 'portal',
  summary: 'Progress with the pass (header X-Progress-Pass).',
  response: PublicTicket,
  errors: ['LOOKUP_FAILED'],
  ratePerMinute: 120,
});
export const publicConfirm = route({
  method: 'POST',
  path: '/portal/confirm',
  access: 'public',
  tag: 'portal',
  summary: 'The customer confirms the solution, or says it is not solved.',
  body: obj({ solved: Type.Boolean(), note: opt(text(1000)) }),
  response: PublicTicket,
  errors: ['LOOKUP_FAILED', 'TICKET_STATE'],
  ratePerMinute: 20,
});
export const publicReply = route({
  method: 'POST',
  path: '/portal/reply',
  access: 'public',
  tag: 'portal',
  summary: 'The customer adds information.',
  body: obj({ body: title(4000), clientId: opt(text(64, 8)) }),
  response: PublicTicket,
  errors: ['LOOKUP_FAILED', 'TICKET_STATE'],
  ratePerMinute: 20,
});
export const publicUrge = route({
  method: 'POST',
  path: '/portal/urge',
  access: 'public',
  tag: 'portal',
  summary: 'The customer urges 催单; at most once an hour.',
  body: obj({}),
  response: PublicTicket,
  errors: ['LOOKUP_FAILED', 'RATE_LIMITED'],
  ratePerMinute: 10,
});
