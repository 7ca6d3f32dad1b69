/** What a ticket looks like: in a list, on its page, and when it is opened. */
import { Type, obj, opt, nullable, Id, Instant, text, title, oneOf, Fields } from '../schema.ts';
import type { Static } from '../schema.ts';
import {
  ticketStatuses,
  priorities,
  urgencies,
  impacts,
  channelKinds,
  deadlineKinds,
  deadlineStates,
  clockUnits,
  customerLevels,
  customerKinds,
  verificationTypes,
  ticketCloseReasons,
} from '../words.ts';
import { ticketMarks } from '../figures.ts';
import { Words } from '../pack.ts';
import { CustomerInput, Identity } from './customers.ts';
import { Message } from './conversations.ts';

export const Deadline = obj({
  id: Id,
  kind: oneOf(deadlineKinds),
  state: oneOf(deadlineStates),
  dueAt: nullable(Instant),
  warnAt: nullable(Instant),
  startedAt: Instant,
  metAt: nullable(Instant),
  breachedAt: nullable(Instant),
  pausedAt: nullable(Instant),
  pausedMinutes: Type.Number(),
  target: nullable(Type.Number()),
  unit: oneOf(clockUnits),
  calendarId: nullable(Id),
  /** The due instant explained in words. */ why: Type.String(),
  provisional: Type.Boolean(),
});
export type DeadlineView = Static<typeof Deadline>;
export const TicketRow = obj({
  id: Id,
  number: Type.String(),
  status: oneOf(ticketStatuses),
  priority: oneOf(priorities),
  category: Type.String(),
  product: nullable(Type.String()),
  subject: Type.String(),
  channel: oneOf(channelKinds),
  customerId: Id,
  customerName: Type.String(),
  customerLevel: oneOf(customerLevels),
  accountableId: nullable(Id),
  accountableName: nullable(Type.String()),
  assigneeId: nullable(Id),
  assigneeName: nullable(Type.String()),
  groupId: nullable(Id),
  groupName: nullable(Type.String()),
  createdAt: Instant,
  updatedAt: Instant,
  expectedAt: nullable(Instant),
  nextDueAt: nullable(Instant),
  nextDueKind: nullable(oneOf(deadlineKinds)),
  nextDueState: nullable(oneOf(['running', 'warned', 'breached', 'paused'] as const)),
  /** The task of the ticket that is due next: a step, a promise, a call-back. */
  taskDueAt: nullable(Instant),
  taskTitle: nullable(Words),
  taskState: nullable(oneOf(['running', 'breached'] as const)),
  lastMessage: Type.String(),
  lastMessageAt: nullable(Instant),
  unread: Type.Boolean(),
  escalationLevel: Type.Integer(),
  urgedCount: Type.Integer(),
  reopenedCount: Type.Integer(),
  /** How often people handed it to another group. */ bouncedCount: Type.Integer(),
  isComplaint: Type.Boolean(),
  isEmergency: Type.Boolean(),
  progressNote: nullable(Type.String()),
  etaAt: nullable(Instant),
  resolvedAt: nullable(Instant),
});
export type TicketRowView = Static<typeof TicketRow>;
export const Resolution = obj({ solution: title(8000), steps: title(8000), cautions: title(8000) });
export const Ticket = obj({
  ...TicketRow.properties,
  description: Type.String(),
  urgency: oneOf(urgencies),
  impact: oneOf(impacts),
  affectedUsers: nullable(Type.Integer()),
  lossAmount: nullable(Type.Number()),
  priorityWhy: Type.String(),
  needsCertificate: Type.Boolean(),
  fields: Fields,
  deadlines: Type.Array(Deadline),
  conversationIds: Type.Array(Id),
  resolution: nullable(Resolution),
  verification: nullable(obj({ type: oneOf(verificationTypes), by: Type.String(), at: Instant })),
  /** Solved in the first contact; null until it is solved. */
  firstContact: nullable(Type.Boolean()),
  confirmedAt: nullable(Instant),
  closedAt: nullable(Instant),
  closeReason: nullable(oneOf(ticketCloseReasons)),
  archivedAt: nullable(Instant),
  holdReason: nullable(Type.String()),
  policyVersion: Type.Integer(),
  confirmed: Type.Array(obj({ field: Type.String(), by: Type.String(), at: Instant })),
  mergedInto: nullable(Id),
  links: Type.Array(
    obj({
      id: Id,
      number: Type.String(),
      relation: Type.String(),
      status: oneOf(ticketStatuses),
      subject: Type.String(),
    }),
  ),
  publicUrl: nullable(Type.String()),
  version: Type.Integer(),
});
export type TicketView = Static<typeof Ticket>;
/** All a case page needs in one answer: ticket, customer card, newest messages. */
export const TicketPage = obj({
  ticket: Ticket,
  customer: obj({
    id: Id,
    number: Type.String(),
    name: Type.String(),
    kind: oneOf(customerKinds),
    level: oneOf(customerLevels),
    company: Type.String(),
    contactName: nullable(Type.String()),
    tags: Type.Array(Type.String()),
    serviceHint: nullable(Type.String()),
    remark: nullable(Type.String()),
    identities: Type.Array(Identity),
    openTickets: Type.Integer(),
  }),
  messages: Type.Array(Message),
  serverTime: Instant,
});
export type TicketPageView = Static<typeof TicketPage>;
export const classification = {
  category: title(80),
  urgency: oneOf(urgencies),
  impact: oneOf(impacts),
  affectedUsers: opt(Type.Integer({ minimum: 0, maximum: 1_000_000_000 })),
  lossAmount: opt(Type.Number({ minimum: 0, maximum: 1e12 })),
};
export const TicketInput = obj({
  customerId: opt(Id),
  customer: opt(CustomerInput),
  conversationId: opt(Id),
  channel: oneOf(channelKinds),
  ...classification,
  subject: title(200),
  description: text(20_000),
  expectedAt: opt(nullable(Instant)),
  product: opt(nullable(text(40))),
  fields: opt(Fields),
  emergency: opt(Type.Boolean()),
  accusedAgentId: opt(Id),
  parentId: opt(Id),
  groupId: opt(Id),
  assigneeId: opt(Id),
  confirmed: opt(Type.Array(text(40), { maxItems: 20 })),
});
export type TicketInputBody = Static<typeof TicketInput>;

export const ticketViews = [
  'mine',
  'pool',
  'group',
  'open',
  'waiting',
  'breached',
  'complaints',
  'resolved',
  'closed',
  'archived',
  'all',
] as const;
export const ticketSorts = ['updated', 'created', 'due', 'expected'] as const;
/** By what lists of tickets are narrowed. */
export const ticketFilter = {
  view: opt(oneOf(ticketViews)),
  /** A view of one's own, instead of `view`. */ viewId: opt(Id),
  status: opt(oneOf(ticketStatuses)),
  priority: opt(oneOf(priorities)),
  assigneeId: opt(Id),
  accountableId: opt(Id),
  customerId: opt(Id),
  groupId: opt(Id),
  category: opt(text(80)),
  product: opt(text(40)),
  channel: opt(oneOf(channelKinds)),
  kind: opt(oneOf(customerKinds)),
  /** Received from (included) to (excluded). */
  from: opt(Instant),
  to: opt(Instant),
  /** Counted so by the figures of the service. */
  mark: opt(oneOf(ticketMarks)),
  q: opt(text(80)),
};
