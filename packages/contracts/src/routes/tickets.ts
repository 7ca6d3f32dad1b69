/** Tickets: the work, its promises and its clocks. Opening, reading, changing and writing stand here; verbs and shapes beside it. */
import { route } from '../route.ts';
import {
  Type,
  obj,
  opt,
  nullable,
  Id,
  Instant,
  text,
  title,
  oneOf,
  pageQuery,
  pageOf,
  Ok,
  Fields,
  partial,
} from '../schema.ts';
import type { Static } from '../schema.ts';
import { priorities } from '../words.ts';
import { TimelineItem } from './customers.ts';
import { Message, messageBody } from './conversations.ts';
import {
  TicketRow,
  Ticket,
  TicketPage,
  TicketInput,
  classification,
  ticketFilter,
  ticketSorts,
} from './ticket-shapes.ts';

export * from './ticket-shapes.ts';
export * from './ticket-verbs.ts';
export * from './ticket-tracking.ts';

const tag = 'tickets';
const byId = obj({ id: Id });
const verb = (path: string) => `/tickets/:id/${path}`;
const reason = text(1000);

export const listTickets = route({
  method: 'GET',
  path: '/tickets',
  access: 'ticket.read',
  tag,
  summary: 'Tickets of a view, filtered and sorted by listed keys only.',
  query: obj({
    ...pageQuery,
    ...ticketFilter,
    sort: opt(oneOf(ticketSorts)),
  }),
  response: pageOf(TicketRow),
});
export const createTicket = route({
  method: 'POST',
  path: '/tickets',
  access: 'ticket.create',
  tag,
  summary: 'Opens a ticket: priority from the matrix, clocks from the policies.',
  body: TicketInput,
  response: Ticket,
  status: 201,
  errors: [
    'TICKET_NO_CUSTOMER',
    'CATEGORY_UNKNOWN',
    'CUSTOMER_CONTACT_NAME_REQUIRED',
    'CUSTOMER_COMPANY_REQUIRED',
    'PHONE_INVALID',
    'ASSIGNEE_ACCUSED',
    'ASSIGNEE_UNCERTIFIED',
    'PRODUCT_UNKNOWN',
  ],
});
export const getTicket = route({
  method: 'GET',
  path: '/tickets/:id',
  access: 'ticket.read',
  tag,
  summary: 'One ticket with its clocks.',
  params: byId,
  response: Ticket,
});
export const getTicketPage = route({
  method: 'GET',
  path: '/tickets/:id/page',
  access: 'ticket.read',
  tag,
  summary: 'Ticket, customer card and the newest 20 messages in one answer.',
  params: byId,
  response: TicketPage,
});
export const ticketByNumber = route({
  method: 'GET',
  path: '/tickets/by-number/:number',
  access: 'ticket.read',
  tag,
  summary: 'Finds the id behind a number.',
  params: obj({ number: text(30, 1) }),
  response: obj({ id: Id }),
});
export const patchTicket = route({
  method: 'PATCH',
  path: '/tickets/:id',
  access: 'ticket.work',
  tag,
  summary:
    'Changes subject, classification or fields; priority is computed anew, or overridden with a reason.',
  params: byId,
  body: partial(
    obj({
      ...classification,
      subject: title(200),
      description: text(20_000),
      expectedAt: nullable(Instant),
      product: nullable(text(40)),
      fields: Fields,
      emergency: Type.Boolean(),
      priority: oneOf(priorities),
      reason,
      confirmed: Type.Array(text(40), { maxItems: 20 }),
    }),
  ),
  response: Ticket,
  errors: [
    'STALE_VERSION',
    'TICKET_STATE',
    'TICKET_ARCHIVED',
    'REASON_REQUIRED',
    'CATEGORY_UNKNOWN',
    'PRODUCT_UNKNOWN',
    'ASSIGNEE_UNCERTIFIED',
  ],
});
export const Candidate = obj({
  id: Id,
  name: Type.String(),
  staffNo: Type.String(),
  groupIds: Type.Array(Id),
  /** Of the group whose ticket it is. */ ofGroup: Type.Boolean(),
  openTickets: Type.Integer(),
});
export type CandidateView = Static<typeof Candidate>;
export const ticketCandidates = route({
  method: 'GET',
  path: verb('candidates'),
  access: 'ticket.assign',
  tag,
  summary: 'Whom the ticket may be given to: certified where the product asks for it, never the accused.',
  params: byId,
  response: obj({ items: Type.Array(Candidate) }),
});
export const ticketTimeline = route({
  method: 'GET',
  path: verb('timeline'),
  access: 'ticket.read',
  tag,
  summary: 'What happened with the ticket, newest first.',
  params: byId,
  query: obj(pageQuery),
  response: pageOf(TimelineItem),
});
export const listTicketMessages = route({
  method: 'GET',
  path: verb('messages'),
  access: 'ticket.read',
  tag,
  summary: 'Messages of the ticket and its conversations, newest first.',
  params: byId,
  query: obj(pageQuery),
  response: pageOf(Message),
});
export const postTicketMessage = route({
  method: 'POST',
  path: verb('messages'),
  access: 'ticket.work',
  tag,
  summary: 'Replies to the customer on the channel of the contact, or writes an internal note.',
  params: byId,
  body: obj({ ...messageBody, etaAt: opt(nullable(Instant)), progress: opt(Type.Boolean()) }),
  response: Message,
  status: 201,
  errors: ['ARTICLE_INTERNAL', 'TICKET_ARCHIVED', 'TICKET_STATE', 'UPLOAD_FOREIGN'],
});
export const markTicketRead = route({
  method: 'POST',
  path: verb('read'),
  access: 'ticket.read',
  tag,
  summary: 'I have seen messages up to seq.',
  params: byId,
  body: obj({ seq: Type.Integer({ minimum: 0 }) }),
  response: Ok,
});
export const conversationToTicket = route({
  method: 'POST',
  path: '/conversations/:id/to-ticket',
  access: 'ticket.create',
  tag: 'conversations',
  summary: 'Opens a ticket from the conversation, or links it to one.',
  params: byId,
  body: obj({ ticketId: opt(Id), ticket: opt(partial(TicketInput)) }),
  response: Ticket,
  status: 201,
  errors: ['CATEGORY_UNKNOWN', 'TICKET_NO_CUSTOMER', 'TICKET_STATE', 'TICKET_ARCHIVED'],
});
