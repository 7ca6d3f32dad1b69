/** Playbooks: versions to read and publish, and the runs that go through them. */
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
  pageOf,
  pageQuery,
  Ok,
} from '../schema.ts';
import type { Static } from '../schema.ts';
import { runStates, versionStates } from '../words.ts';
import { DraftPack, Pack, Words, Step, Field, Script } from '../pack.ts';
import { Answers, Task } from './tasks.ts';

const tag = 'playbooks';
const Key = Type.String({ pattern: '^[a-z][a-z0-9_]{0,39}$' });
const byKey = obj({ key: Key });
const byId = obj({ id: Id });
const Version = obj({
  key: Key,
  version: Type.Integer(),
  state: oneOf(versionStates),
  note: Type.String(),
  author: nullable(Type.String()),
  createdAt: Instant,
  publishedAt: nullable(Instant),
  effectiveFrom: nullable(Instant),
  reviewDueAt: nullable(Instant),
  readBy: Type.Integer(),
  /** Grows whenever its text is written. */ edit: Type.Integer(),
});
export type VersionView = Static<typeof Version>;
const Named = obj({ key: Type.String(), zh: Type.String(), en: Type.String() });
export const PlaybookRow = obj({
  key: Key,
  name: Words,
  goal: Words,
  scenario: Type.String(),
  industry: Type.String(),
  owner: Type.String(),
  /** What a run hangs on: ticket, conversation, customer, record or the centre itself. */ about:
    Type.String(),
  enabled: Type.Boolean(),
  version: nullable(Type.Integer()),
  draft: nullable(Type.Integer()),
  steps: Type.Integer(),
  running: Type.Integer(),
  late: Type.Integer(),
  reviewDueAt: nullable(Instant),
  clonedFrom: nullable(Type.String()),
  /** Whether the reader has confirmed to have read the version in force. */ read: Type.Boolean(),
  /** Whether the reader's roles, groups or permissions act in its steps. */ works: Type.Boolean(),
  /** What its own roles and groups are called; the centre has them only while it is switched on. */
  brings: obj({ roles: Type.Array(Named), groups: Type.Array(Named) }),
});
export type PlaybookRow = Static<typeof PlaybookRow>;
const Fault = obj({ at: Type.String(), zh: Type.String(), en: Type.String() });

export const listPlaybooks = route({
  method: 'GET',
  path: '/playbooks',
  access: 'playbook.read',
  tag,
  summary:
    'Every playbook with its version in force and how many runs go through it; whole unless a limit is asked for.',
  query: obj(pageQuery),
  response: pageOf(PlaybookRow),
});
export const playbookVersions = route({
  method: 'GET',
  path: '/playbooks/:key/versions',
  access: 'playbook.read',
  tag,
  summary: 'Versions, newest first.',
  params: byKey,
  response: obj({ items: Type.Array(Version) }),
});
export const playbookVersion = route({
  method: 'GET',
  path: '/playbooks/:key/versions/:version',
  access: 'playbook.read',
  tag,
  summary: 'One version whole.',
  params: obj({ key: Key, version: Type.Integer({ minimum: 1 }) }),
  response: obj({ ...Version.properties, pack: Pack, faults: Type.Array(Fault) }),
});
export const draftPlaybook = route({
  method: 'PUT',
  path: '/playbooks/:key/draft',
  access: 'playbook.write',
  tag,
  summary:
    'Keeps the next version as a draft, faults and all; nothing runs on it. Send the edit of the draft that was changed as If-Match (0 where there was none): what somebody else wrote meanwhile is not written over.',
  params: byKey,
  body: obj({ pack: DraftPack, note: opt(text(2000)) }),
  response: obj({ version: Type.Integer(), edit: Type.Integer(), faults: Type.Array(Fault) }),
  errors: ['STALE_VERSION'],
  bodyLimit: 2 * 1024 * 1024,
});
export const publishPlaybook = route({
  method: 'POST',
  path: '/playbooks/:key/publish',
  access: 'playbook.write',
  tag,
  summary: 'Publishes the draft with a note; running cases keep the version they began with.',
  params: byKey,
  body: obj({ note: title(2000), effectiveFrom: opt(Instant) }),
  response: Version,
  errors: ['PLAYBOOK_INVALID', 'STALE_VERSION', 'CONFLICT'],
});
export const discardDraft = route({
  method: 'DELETE',
  path: '/playbooks/:key/draft',
  access: 'playbook.write',
  tag,
  summary: 'Throws the draft away.',
  params: byKey,
  response: Ok,
});
/** work: somebody does something by a time · rule: the centre does something by itself whenever something happens · schedule: work by the calendar. */
export const beginnings = ['work', 'rule', 'schedule'] as const;
export type Beginning = (typeof beginnings)[number];
export const createPlaybook = route({
  method: 'POST',
  path: '/playbooks',
  access: 'playbook.write',
  tag,
  summary: 'Begins a playbook of one’s own as a draft.',
  body: obj({ key: Key, name: Words, goal: Words, industry: title(40), begin: oneOf(beginnings) }),
  response: PlaybookRow,
  status: 201,
  errors: ['CONFLICT'],
});
export const clonePlaybook = route({
  method: 'POST',
  path: '/playbooks/:key/clone',
  access: 'playbook.write',
  tag,
  summary: 'Copies a playbook for another industry as a draft; the original stays as it is.',
  params: byKey,
  body: obj({ key: Key, name: Words, industry: title(40) }),
  response: PlaybookRow,
  status: 201,
  errors: ['CONFLICT'],
});
export const switchPlaybook = route({
  method: 'POST',
  path: '/playbooks/:key/switch',
  access: 'playbook.write',
  tag,
  summary: 'Switches a playbook on or off; what runs goes on.',
  params: byKey,
  body: obj({ enabled: Type.Boolean() }),
  response: PlaybookRow,
});
const Review = obj({
  id: Id,
  version: Type.Integer(),
  note: Type.String(),
  by: nullable(Type.String()),
  at: Instant,
  /** When it is due again. */ dueAt: Instant,
});
export type ReviewView = Static<typeof Review>;
export const listReviews = route({
  method: 'GET',
  path: '/playbooks/:key/reviews',
  access: 'playbook.read',
  tag,
  summary: 'When a playbook was looked at again and found right as it is, newest first; at most 100.',
  params: byKey,
  response: obj({ items: Type.Array(Review) }),
});
export const reviewPlaybook = route({
  method: 'POST',
  path: '/playbooks/:key/reviews',
  access: 'playbook.write',
  tag,
  summary:
    '复审: it was looked at again and is right as it is; its next review counts from now, and its reminder is done.',
  params: byKey,
  body: obj({ note: title(2000) }),
  response: Review,
  status: 201,
  errors: ['CONFLICT'],
});
export const readPlaybook = route({
  method: 'POST',
  path: '/playbooks/:key/read',
  access: 'playbook.read',
  tag,
  summary: '已读确认: one has read the version in force.',
  params: byKey,
  body: obj({ version: Type.Integer() }),
  response: Ok,
});
export const playbookReaders = route({
  method: 'GET',
  path: '/playbooks/:key/readers',
  access: 'playbook.read',
  tag,
  summary:
    'Who works with the version in force and has confirmed it or not; then who confirmed it without working with it.',
  params: byKey,
  response: obj({
    version: Type.Integer(),
    items: Type.Array(
      obj({
        userId: Id,
        name: Type.String(),
        readAt: nullable(Instant),
        /** Their role or group acts in its steps, or they may have its cases. */ works: Type.Boolean(),
      }),
    ),
  }),
});
const Request = obj({
  id: Id,
  text: Type.String(),
  metric: nullable(Type.String()),
  before: nullable(Type.Number()),
  after: nullable(Type.Number()),
  state: Type.String(),
  version: nullable(Type.Integer()),
  requestedBy: nullable(Type.String()),
  at: Instant,
});
export const listRequests = route({
  method: 'GET',
  path: '/playbooks/:key/requests',
  access: 'playbook.read',
  tag,
  summary: 'Change requests, each linked to a figure before and after.',
  params: byKey,
  response: obj({ items: Type.Array(Request) }),
});
export const requestChange = route({
  method: 'POST',
  path: '/playbooks/:key/requests',
  access: 'playbook.read',
  tag,
  summary: 'Asks for a change of the process, with the figure it should move.',
  params: byKey,
  body: obj({ text: title(4000), metric: opt(text(80)), before: opt(Type.Number()) }),
  response: Request,
  status: 201,
});
export const settleRequest = route({
  method: 'PATCH',
  path: '/playbooks/:key/requests/:id',
  access: 'playbook.write',
  tag,
  summary: 'Accepts, rejects or finishes a change request with the figure afterwards.',
  params: obj({ key: Key, id: Id }),
  body: obj({
    state: oneOf(['accepted', 'rejected', 'done'] as const),
    after: opt(Type.Number()),
    version: opt(Type.Integer()),
  }),
  response: Request,
});
export const playbookJams = route({
  method: 'GET',
  path: '/playbooks/:key/jams',
  access: 'playbook.read',
  tag,
  summary: 'Where runs get stuck: per step how many wait, are late, and how long it takes.',
  params: byKey,
  query: obj({ from: opt(Instant) }),
  response: obj({
    items: Type.Array(
      obj({
        step: Type.String(),
        open: Type.Integer(),
        late: Type.Integer(),
        done: Type.Integer(),
        doneLate: Type.Integer(),
        skipped: Type.Integer(),
        medianSeconds: nullable(Type.Number()),
      }),
    ),
  }),
});

/** A step as the panel shows it: filled words, the fields to fill, what comes next. */
export const RunStep = obj({
  key: Type.String(),
  name: Words,
  kind: Type.String(),
  state: oneOf(['open', 'done', 'skipped', 'cancelled', 'ahead'] as const),
  task: nullable(Task),
  /** What an open step of the centre's own waits for: the event, and the instant at which it ends by itself. */
  waits: nullable(obj({ event: nullable(Words), until: nullable(Instant) })),
});
export const Run = obj({
  id: Id,
  playbook: obj({ key: Type.String(), name: Words, goal: Words }),
  version: Type.Integer(),
  state: oneOf(runStates),
  outcome: nullable(Type.String()),
  subjectType: Type.String(),
  subjectId: Id,
  ticketId: nullable(Id),
  conversationId: nullable(Id),
  customerId: nullable(Id),
  recordId: nullable(Id),
  startedAt: Instant,
  startedBy: nullable(Type.String()),
  endedAt: nullable(Instant),
  endReason: nullable(Type.String()),
  /** The way so far, then what lies ahead on the usual way. */ line: Type.Array(RunStep),
  /** Open steps in full. */
  open: Type.Array(
    obj({
      task: Task,
      step: Step,
      /** Rendered for this customer; the variant for their kind first. */ scripts: Type.Array(
        obj({ key: Type.String(), title: Words, body: Words }),
      ),
      /** Fields to fill here, those of the form included, with prefilled values. */ fields:
        Type.Array(Field),
      form: nullable(obj({ kind: Type.String(), name: Words, fields: Type.Array(Field) })),
      values: Answers,
      /** Of the facts those that the conditions of the fields ask for, so that the screen shows the same fields as the server. */
      facts: Type.Record(Type.String(), Type.Unknown()),
      ticked: Type.Array(obj({ index: Type.Integer(), by: Type.String(), at: Instant })),
      next: Type.Array(Words),
    }),
  ),
});
export type RunView = Static<typeof Run>;
export type OpenStep = RunView['open'][number];

const started = { playbook: Key };
export const startTicketRun = route({
  method: 'POST',
  path: '/tickets/:id/runs',
  access: 'playbook.run',
  tag,
  summary: 'Starts a playbook on a ticket.',
  params: byId,
  body: obj(started),
  response: Run,
  status: 201,
  errors: ['PLAYBOOK_UNKNOWN', 'PLAYBOOK_RUNNING'],
});
export const startRun = route({
  method: 'POST',
  path: '/runs',
  access: 'playbook.run',
  tag,
  summary: 'Starts a playbook on a ticket, conversation, customer or record.',
  body: obj({
    ...started,
    subjectType: oneOf(['ticket', 'conversation', 'customer', 'record'] as const),
    subjectId: Id,
  }),
  response: Run,
  status: 201,
  errors: ['PLAYBOOK_UNKNOWN', 'PLAYBOOK_RUNNING'],
});
export const listRuns = route({
  method: 'GET',
  path: '/runs',
  access: 'task.read',
  tag,
  summary: 'Runs of a ticket, conversation, customer or record, the newest first.',
  query: obj({
    subjectId: opt(Id),
    ticketId: opt(Id),
    conversationId: opt(Id),
    customerId: opt(Id),
    playbook: opt(Key),
    state: opt(oneOf(runStates)),
    limit: opt(Type.Integer({ minimum: 1, maximum: 200 })),
  }),
  response: obj({ items: Type.Array(Run) }),
});
export const getRun = route({
  method: 'GET',
  path: '/runs/:id',
  access: 'task.read',
  tag,
  summary: 'One run: the way so far, the open steps with words and fields.',
  params: byId,
  response: Run,
});
const step = obj({ id: Id, stepId: Type.String({ maxLength: 60 }) });
export const completeStep = route({
  method: 'POST',
  path: '/runs/:id/steps/:stepId/complete',
  access: 'task.work',
  tag,
  summary: 'Finishes an open step; `stepId` is its task id or its key.',
  params: step,
  body: obj({
    outcome: opt(text(40)),
    answers: opt(Answers),
    ticked: opt(Type.Array(Type.Integer({ minimum: 0, maximum: 200 }))),
    record: opt(Answers),
    note: opt(text(4000)),
    allow: opt(text(500)),
  }),
  response: Run,
  errors: [
    'STEP_INCOMPLETE',
    'TASK_NOT_OPEN',
    'TASK_NOT_YOURS',
    'TASK_OUTCOME_REQUIRED',
    'RUN_OVER',
    'RECORD_MOVE_REFUSED',
    'APPROVAL_SELF',
    'APPROVAL_PENDING',
    'CONTACT_TOO_OFTEN',
    'DO_NOT_DISTURB',
  ],
});
export const tickAction = route({
  method: 'POST',
  path: '/runs/:id/steps/:stepId/tick',
  access: 'task.work',
  tag,
  summary: 'Ticks or unticks an action of a step; kept with who and when.',
  params: step,
  body: obj({ index: Type.Integer({ minimum: 0, maximum: 200 }), done: Type.Boolean() }),
  response: Run,
  errors: ['TASK_NOT_OPEN', 'TASK_NOT_YOURS'],
});
export const skipStep = route({
  method: 'POST',
  path: '/runs/:id/steps/:stepId/skip',
  access: 'task.work',
  tag,
  summary: 'Skips an open step with a reason, where the playbook lets one.',
  params: step,
  body: obj({ reason: title(1000) }),
  response: Run,
  errors: ['STEP_SKIP_REFUSED', 'TASK_NOT_OPEN', 'TASK_NOT_YOURS', 'RUN_OVER'],
});
export const cancelRun = route({
  method: 'POST',
  path: '/runs/:id/cancel',
  access: 'task.assign',
  tag,
  summary: 'Ends a run with a reason; its open steps end with it.',
  params: byId,
  body: obj({ reason: title(1000) }),
  response: Run,
  errors: ['RUN_OVER'],
});
export const listScripts = route({
  method: 'GET',
  path: '/scripts',
  access: 'playbook.read',
  tag,
  summary: 'The words of the enabled playbooks, found by text, filled in for a customer.',
  query: obj({
    q: opt(text(100)),
    /** Only these words of this playbook. */ playbook: opt(text(40)),
    key: opt(text(40)),
    ticketId: opt(Id),
    conversationId: opt(Id),
    customerId: opt(Id),
    limit: opt(Type.Integer({ minimum: 1, maximum: 100 })),
  }),
  response: obj({
    items: Type.Array(
      obj({
        key: Type.String(),
        playbook: Type.String(),
        playbookName: Words,
        title: Words,
        body: Words,
        audience: nullable(Type.String()),
      }),
    ),
  }),
});
export { Script };
