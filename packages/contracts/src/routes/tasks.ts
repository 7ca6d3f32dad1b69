/** 待办: steps, promises, call-backs and approvals, each with its due instant; and what a person does with them. */
import { route } from '../route.ts';
import { Type, obj, opt, nullable, Id, Instant, text, title, oneOf, pageOf, pageQuery } from '../schema.ts';
import type { Static } from '../schema.ts';
import { contactWays, taskKinds, taskStates } from '../words.ts';
import { Words } from '../pack.ts';

const byId = obj({ id: Id });
/** Answers of a form: text, numbers, ticks, several choices. */
export const Answers = Type.Record(
  Type.String({ pattern: '^[a-zA-Z][a-zA-Z0-9_]{0,39}$' }),
  Type.Union([
    Type.String({ maxLength: 20_000 }),
    Type.Number(),
    Type.Boolean(),
    Type.Null(),
    Type.Array(Type.String({ maxLength: 200 }), { maxItems: 100 }),
  ]),
);
export type Answers = Static<typeof Answers>;

export const Task = obj({
  id: Id,
  kind: oneOf(taskKinds),
  state: oneOf(taskStates),
  title: Words,
  runId: nullable(Id),
  stepKey: nullable(Type.String()),
  playbook: nullable(obj({ key: Type.String(), name: Words })),
  ticketId: nullable(Id),
  ticketNumber: nullable(Type.String()),
  /** Whether its reader may open the ticket: a step may be given to who may not. */ ticketSeen:
    Type.Boolean(),
  conversationId: nullable(Id),
  customerId: nullable(Id),
  customerName: nullable(Type.String()),
  recordId: nullable(Id),
  recordTitle: nullable(Type.String()),
  recordKind: nullable(Type.String()),
  assigneeId: nullable(Id),
  assigneeName: nullable(Type.String()),
  roleKey: nullable(Type.String()),
  groupId: nullable(Id),
  groupName: nullable(Type.String()),
  dueAt: nullable(Instant),
  late: Type.Boolean(),
  /** Why it is due then, in words; given when one task is read. */
  why: nullable(Type.String()),
  attempts: Type.Integer(),
  outcome: nullable(Type.String()),
  answers: Answers,
  note: nullable(Type.String()),
  requestedById: nullable(Id),
  requestedByName: nullable(Type.String()),
  /** Earlier decisions of an approval in several steps. */
  decisions: Type.Array(
    obj({ by: Type.String(), outcome: Type.String(), comment: Type.String(), at: Instant }),
  ),
  createdAt: Instant,
  doneAt: nullable(Instant),
  doneByName: nullable(Type.String()),
  version: Type.Integer(),
});
export type TaskView = Static<typeof Task>;

export const listTasks = route({
  method: 'GET',
  path: '/tasks',
  access: 'task.read',
  tag: 'tasks',
  summary: 'Tasks by due instant; `mine` is what one may work on oneself.',
  query: obj({
    ...pageQuery,
    mine: opt(Type.Boolean()),
    kind: opt(oneOf(taskKinds)),
    state: opt(oneOf(taskStates)),
    late: opt(Type.Boolean()),
    ticketId: opt(Id),
    customerId: opt(Id),
    runId: opt(Id),
    assigneeId: opt(Id),
    dueBefore: opt(Instant),
  }),
  response: obj({ ...pageOf(Task).properties, open: Type.Integer(), overdue: Type.Integer() }),
});
export const getTask = route({
  method: 'GET',
  path: '/tasks/:id',
  access: 'task.read',
  tag: 'tasks',
  summary: 'One task with the reason for its due instant.',
  params: byId,
  response: Task,
});
export const completeTask = route({
  method: 'POST',
  path: '/tasks/:id/complete',
  access: 'task.work',
  tag: 'tasks',
  summary: 'Finishes a task with its outcome; a step also moves its run on.',
  params: byId,
  body: obj({
    outcome: opt(text(40)),
    answers: opt(Answers),
    /** Ticked actions by position. */ ticked: opt(Type.Array(Type.Integer({ minimum: 0, maximum: 200 }))),
    /** Data of the form the step asks for. */ record: opt(Answers),
    note: opt(text(4000)),
    /** By which channel the customer was contacted; by telephone unless said. */ via: opt(
      oneOf(contactWays),
    ),
    /** A supervisor lets a contact through that the cap or the customer forbids. */ allow: opt(text(500)),
  }),
  response: Task,
  errors: [
    'TASK_NOT_OPEN',
    'TASK_OUTCOME_REQUIRED',
    'TASK_NOT_YOURS',
    'STEP_INCOMPLETE',
    'CONTACT_TOO_OFTEN',
    'DO_NOT_DISTURB',
    'APPROVAL_SELF',
    'APPROVAL_DECIDED',
    'RECORD_MOVE_REFUSED',
  ],
});
export const attemptTask = route({
  method: 'POST',
  path: '/tasks/:id/attempt',
  access: 'task.work',
  tag: 'tasks',
  summary: 'A call-back that reached nobody: counted, tried again later; after the last attempt it is over.',
  params: byId,
  body: obj({ outcome: oneOf(['no_answer', 'busy'] as const), note: opt(text(1000)), nextAt: opt(Instant) }),
  response: Task,
  errors: ['TASK_NOT_OPEN', 'TASK_NOT_YOURS'],
});
export const claimTask = route({
  method: 'POST',
  path: '/tasks/:id/claim',
  access: 'task.work',
  tag: 'tasks',
  summary: 'Takes a task of one’s role or group; the first one wins.',
  params: byId,
  body: obj({}),
  response: Task,
  errors: ['TASK_NOT_OPEN', 'TASK_NOT_YOURS'],
});
export const assignTask = route({
  method: 'POST',
  path: '/tasks/:id/assign',
  access: 'task.assign',
  tag: 'tasks',
  summary: 'Hands a task over with a note; an approval is delegated this way.',
  params: byId,
  body: obj({ assigneeId: Id, note: title(1000) }),
  response: Task,
  errors: ['TASK_NOT_OPEN', 'ASSIGNEE_ACCUSED', 'ASSIGNEE_UNAVAILABLE'],
});
export const promise = route({
  method: 'POST',
  path: '/commitments',
  access: 'task.work',
  tag: 'tasks',
  summary: 'Keeps a promise 承诺: what, to whom, until when; it turns red at that instant.',
  body: obj({
    what: title(500),
    promisedAt: Instant,
    ticketId: opt(Id),
    conversationId: opt(Id),
    customerId: opt(Id),
    assigneeId: opt(Id),
  }),
  response: Task,
  status: 201,
});
export const planFollowUp = route({
  method: 'POST',
  path: '/follow-ups',
  access: 'task.work',
  tag: 'tasks',
  summary: 'Plans a follow-up or call-back of a customer.',
  body: obj({
    kind: oneOf(['callback', 'follow_up'] as const),
    title: title(300),
    dueAt: Instant,
    customerId: Id,
    ticketId: opt(Id),
    recordId: opt(Id),
    assigneeId: opt(Id),
    role: opt(text(40)),
  }),
  response: Task,
  status: 201,
});
export const promiseRate = route({
  method: 'GET',
  path: '/commitments/kept',
  access: 'report.read',
  tag: 'tasks',
  summary: '承诺兑现率: promises kept in time of those that were due in a period.',
  query: obj({ from: Instant, to: Instant }),
  response: obj({ numerator: Type.Integer(), denominator: Type.Integer(), value: nullable(Type.Number()) }),
});
export const listApprovals = route({
  method: 'GET',
  path: '/approvals',
  access: 'task.read',
  tag: 'tasks',
  summary: 'Approvals that wait for one’s decision, or all that one may see.',
  query: obj({ ...pageQuery, mine: opt(Type.Boolean()), state: opt(oneOf(taskStates)) }),
  response: pageOf(Task),
});
const decision = (verb: 'approve' | 'reject') =>
  route({
    method: 'POST',
    path: `/approvals/:id/${verb}`,
    access: 'task.work',
    tag: 'tasks',
    summary:
      verb === 'approve' ? 'Approves; in several steps it goes on to the next.' : 'Rejects with a comment.',
    params: byId,
    body: obj({ comment: verb === 'approve' ? opt(text(2000)) : title(2000) }),
    response: Task,
    errors: ['APPROVAL_SELF', 'APPROVAL_DECIDED', 'TASK_NOT_YOURS'],
  });
export const approve = decision('approve');
export const reject = decision('reject');
