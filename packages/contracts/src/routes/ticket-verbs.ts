/** What can be done with a ticket, one verb each. */
import { route } from '../route.ts';
import { Type, obj, opt, nullable, Id, Instant, text, title, oneOf } from '../schema.ts';
import { callOutcomes, verificationTypes } from '../words.ts';
import { Resolution, Ticket } from './ticket-shapes.ts';

const tag = 'tickets';
const byId = obj({ id: Id });
const verb = (path: string) => `/tickets/:id/${path}`;
const reason = text(1000);

export const makeAccountable = route({
  method: 'POST',
  path: verb('accountable'),
  access: 'ticket.override',
  tag,
  summary: '改首问责任人: who first received it is gone or cannot go on; nothing else changes it (SD3d-19).',
  params: byId,
  body: obj({ userId: Id, reason: title(1000) }),
  response: Ticket,
  errors: ['TICKET_STATE', 'ASSIGNEE_ACCUSED', 'ASSIGNEE_UNAVAILABLE', 'REASON_REQUIRED'],
});
export const assignTicket = route({
  method: 'POST',
  path: verb('assign'),
  access: 'ticket.assign',
  tag,
  summary: 'Dispatches 分派 or transfers 转派 with a note.',
  params: byId,
  body: obj({ assigneeId: opt(nullable(Id)), groupId: opt(Id), note: opt(reason) }),
  response: Ticket,
  errors: [
    'TICKET_STATE',
    'TRANSFER_NOTE_REQUIRED',
    'ASSIGNEE_ACCUSED',
    'ASSIGNEE_UNAVAILABLE',
    'ASSIGNEE_UNCERTIFIED',
    'TICKET_ARCHIVED',
  ],
});
export const claimTicket = route({
  method: 'POST',
  path: verb('claim'),
  access: 'ticket.claim',
  tag,
  summary: 'Claims 申领 from the pool; the first one wins.',
  params: byId,
  body: obj({}),
  response: Ticket,
  errors: ['TICKET_ALREADY_CLAIMED', 'TICKET_STATE', 'ASSIGNEE_ACCUSED', 'ASSIGNEE_UNCERTIFIED'],
});
export const startTicket = route({
  method: 'POST',
  path: verb('start'),
  access: 'ticket.work',
  tag,
  summary: 'Starts handling 受理.',
  params: byId,
  body: obj({}),
  response: Ticket,
  errors: ['TICKET_STATE'],
});
export const escalateTicket = route({
  method: 'POST',
  path: verb('escalate'),
  access: 'ticket.work',
  tag,
  summary: 'Escalates to the technical lead or a group, with a reason.',
  params: byId,
  body: obj({ reason, toGroupId: opt(Id), toUserId: opt(Id) }),
  response: Ticket,
  errors: ['REASON_REQUIRED', 'TICKET_STATE', 'ASSIGNEE_ACCUSED', 'ASSIGNEE_UNAVAILABLE'],
});
export const holdTicket = route({
  method: 'POST',
  path: verb('hold'),
  access: 'ticket.work',
  tag,
  summary: 'Suspends 挂起 with a reason.',
  params: byId,
  body: obj({ reason, until: opt(Instant) }),
  response: Ticket,
  errors: ['REASON_REQUIRED', 'TICKET_STATE'],
});
export const resumeTicket = route({
  method: 'POST',
  path: verb('resume'),
  access: 'ticket.work',
  tag,
  summary: 'Resumes a suspended or waiting ticket.',
  params: byId,
  body: obj({}),
  response: Ticket,
  errors: ['TICKET_STATE'],
});
export const requestInfo = route({
  method: 'POST',
  path: verb('request-info'),
  access: 'ticket.work',
  tag,
  summary: 'Asks the customer for something and how to get it; the solve clock pauses until the reply.',
  params: byId,
  body: obj({ what: title(2000), howTo: opt(text(2000)) }),
  response: Ticket,
  errors: ['TICKET_STATE'],
});
export const resolveTicket = route({
  method: 'POST',
  path: verb('resolve'),
  access: 'ticket.work',
  tag,
  summary: 'Solves with a public note in three parts.',
  params: byId,
  body: obj({ resolution: Resolution, verification: opt(oneOf(verificationTypes)) }),
  response: Ticket,
  errors: ['TICKET_STATE', 'TICKET_RESOLUTION_REQUIRED', 'TICKET_CHILD_OPEN'],
});
export const verifyTicket = route({
  method: 'POST',
  path: verb('verify'),
  access: 'ticket.work',
  tag,
  summary: 'Records that the customer works normally or accepts the plan.',
  params: byId,
  body: obj({ type: oneOf(verificationTypes) }),
  response: Ticket,
  errors: ['TICKET_STATE'],
});
export const confirmTicket = route({
  method: 'POST',
  path: verb('confirm'),
  access: 'ticket.work',
  tag,
  summary: 'Records the customer’s confirmation.',
  params: byId,
  body: obj({ note: opt(reason) }),
  response: Ticket,
  errors: ['TICKET_STATE'],
});
export const remindTicket = route({
  method: 'POST',
  path: verb('remind'),
  access: 'ticket.work',
  tag,
  summary: 'Reminds the customer to confirm.',
  params: byId,
  body: obj({}),
  response: Ticket,
  errors: ['TICKET_STATE'],
});
export const closeTicket = route({
  method: 'POST',
  path: verb('close'),
  access: 'ticket.work',
  tag,
  summary: 'Closes when the close rule C8 allows; a supervisor may override with a reason.',
  params: byId,
  body: obj({ override: opt(Type.Boolean()), reason: opt(reason) }),
  response: Ticket,
  errors: [
    'TICKET_NOT_CONFIRMED',
    'TICKET_CALLBACK_OWED',
    'TICKET_VERIFICATION_REQUIRED',
    'REASON_REQUIRED',
    'TICKET_STATE',
  ],
});
export const callBackTicket = route({
  method: 'POST',
  path: verb('call-back'),
  access: 'complaint.approve',
  tag,
  summary:
    'Notes the manager’s call after a complaint was solved: reached keeps the promise, any other outcome leaves it running.',
  params: byId,
  body: obj({ outcome: oneOf(callOutcomes), note: opt(text(4000)) }),
  response: Ticket,
  errors: ['TICKET_CALLBACK_NOT_OWED', 'TICKET_CALLBACK_IN_PLAYBOOK'],
});
export const reopenTicket = route({
  method: 'POST',
  path: verb('reopen'),
  access: 'ticket.reopen',
  tag,
  summary: 'Reopens with a reason; the resolve clock runs on.',
  params: byId,
  body: obj({ reason }),
  response: Ticket,
  errors: ['REASON_REQUIRED', 'TICKET_STATE', 'TICKET_ARCHIVED', 'TICKET_REOPEN_OVER'],
});
export const followUpTicket = route({
  method: 'POST',
  path: verb('follow-up'),
  access: 'ticket.create',
  tag,
  summary: 'Goes on with a closed or archived ticket in a new one; both name each other.',
  params: byId,
  body: obj({ subject: opt(title(200)), description: title(20_000) }),
  response: Ticket,
  status: 201,
  errors: ['TICKET_STATE', 'ASSIGNEE_UNCERTIFIED'],
});
export const cancelTicket = route({
  method: 'POST',
  path: verb('cancel'),
  access: 'ticket.override',
  tag,
  summary: 'Cancels a ticket that should not exist, with a reason.',
  params: byId,
  body: obj({ reason }),
  response: Ticket,
  errors: ['REASON_REQUIRED', 'TICKET_STATE'],
});
export const urgeTicket = route({
  method: 'POST',
  path: verb('urge'),
  access: 'ticket.read',
  tag,
  summary: 'Urges 催单; counted and told to the assignee.',
  params: byId,
  body: obj({ note: opt(reason) }),
  response: Ticket,
  errors: ['TICKET_STATE'],
});
export const archiveTicket = route({
  method: 'POST',
  path: verb('archive'),
  access: 'ticket.override',
  tag,
  summary: 'Archives a closed ticket now; otherwise it happens by itself.',
  params: byId,
  body: obj({}),
  response: Ticket,
  errors: ['TICKET_STATE'],
});
export const getArchive = route({
  method: 'GET',
  path: verb('archive'),
  access: 'ticket.read',
  tag,
  summary: 'The archived snapshot with its six parts.',
  params: byId,
  response: obj({
    archivedAt: Instant,
    hash: Type.String(),
    parts: obj({
      customer: Type.Unknown(),
      request: Type.Unknown(),
      process: Type.Unknown(),
      solution: Type.Unknown(),
      feedback: Type.Unknown(),
      attachments: Type.Unknown(),
    }),
  }),
});
export const mergeTicket = route({
  method: 'POST',
  path: verb('merge'),
  access: 'ticket.work',
  tag,
  summary: 'Merges another ticket of the same customer into this one; can be undone.',
  params: byId,
  body: obj({ fromId: Id, reason }),
  response: Ticket,
  errors: ['CONFLICT', 'TICKET_STATE'],
});
export const unmergeTicket = route({
  method: 'POST',
  path: verb('unmerge'),
  access: 'ticket.work',
  tag,
  summary: 'Undoes a merge.',
  params: byId,
  body: obj({ fromId: Id }),
  response: Ticket,
  errors: ['CONFLICT'],
});
export const splitTicket = route({
  method: 'POST',
  path: verb('split'),
  access: 'ticket.work',
  tag,
  summary: 'Opens a new ticket from one message.',
  params: byId,
  body: obj({ messageId: Id, subject: title(200), category: opt(text(80)) }),
  response: Ticket,
  status: 201,
});
export const linkTicket = route({
  method: 'POST',
  path: verb('link'),
  access: 'ticket.work',
  tag,
  summary: 'Links two tickets (related, parent, original complaint).',
  params: byId,
  body: obj({
    otherId: Id,
    relation: oneOf(['related', 'parent', 'child', 'original_complaint'] as const),
    remove: opt(Type.Boolean()),
  }),
  response: Ticket,
});
