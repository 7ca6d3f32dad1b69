/** Records: every form and business object. Kinds are data of the packs; a kind brings list, card, print and look-up. */
import { route } from '../route.ts';
import {
  Type,
  obj,
  opt,
  nullable,
  Id,
  Instant,
  PlainDate,
  text,
  title,
  oneOf,
  pageOf,
  pageQuery,
} from '../schema.ts';
import type { Static } from '../schema.ts';
import { RecordKind, Words } from '../pack.ts';
import { Answers } from './tasks.ts';

const tag = 'records';
const ofKind = obj({ kind: Type.String({ pattern: '^[a-z][a-z0-9_]{0,39}$' }) });
const one = obj({ ...ofKind.properties, id: Id });

export const KindView = obj({
  ...RecordKind.properties,
  pack: Type.String(),
  enabled: Type.Boolean(),
  /** JSON Schema of the data, for who pushes records by API. */
  schema: Type.Unknown(),
});
export type KindView = Static<typeof KindView>;
export const RecordView = obj({
  id: Id,
  kind: Type.String(),
  number: nullable(Type.String()),
  state: nullable(Type.String()),
  stateName: nullable(Words),
  title: Type.String(),
  data: Answers,
  day: PlainDate,
  externalId: nullable(Type.String()),
  customerId: nullable(Id),
  customerName: nullable(Type.String()),
  ticketId: nullable(Id),
  ticketNumber: nullable(Type.String()),
  conversationId: nullable(Id),
  runId: nullable(Id),
  parentId: nullable(Id),
  groupId: nullable(Id),
  groupName: nullable(Type.String()),
  ownerId: nullable(Id),
  ownerName: nullable(Type.String()),
  createdByName: nullable(Type.String()),
  createdAt: Instant,
  updatedAt: Instant,
  /** Where it may go from here, for this reader. */
  moves: Type.Array(obj({ to: Type.String(), zh: Type.String(), en: Type.String() })),
  ticketIds: Type.Array(Id),
  /** The open step that is due next; null where nothing with a limit is owed. */
  step: nullable(obj({ title: Words, dueAt: Instant, late: Type.Boolean() })),
  /** Fields that stay as they are while an approval that depends on them is open. */
  held: Type.Array(Type.String()),
  version: Type.Integer(),
});
export type RecordView = Static<typeof RecordView>;

const links = {
  customerId: opt(nullable(Id)),
  ticketId: opt(nullable(Id)),
  conversationId: opt(nullable(Id)),
  parentId: opt(nullable(Id)),
  groupId: opt(nullable(Id)),
  ownerId: opt(nullable(Id)),
};

export const listKinds = route({
  method: 'GET',
  path: '/record-kinds',
  access: 'record.read',
  tag,
  summary: 'Kinds of records with fields, states, moves and JSON Schema.',
  query: obj({ all: opt(Type.Boolean()) }),
  response: obj({ items: Type.Array(KindView) }),
});
export const listRecords = route({
  method: 'GET',
  path: '/records/:kind',
  access: 'record.read',
  tag,
  summary: 'Records of a kind, newest first, or of a day.',
  params: ofKind,
  query: obj({
    ...pageQuery,
    q: opt(text(200)),
    state: opt(text(40)),
    day: opt(PlainDate),
    from: opt(PlainDate),
    to: opt(PlainDate),
    customerId: opt(Id),
    ticketId: opt(Id),
    parentId: opt(Id),
    ownerId: opt(Id),
    /** Only those of which an open step is past its limit. */ late: opt(Type.Boolean()),
    /** `field:value`, several with commas. */ where: opt(text(400)),
  }),
  response: pageOf(RecordView),
  errors: ['RECORD_KIND_UNKNOWN'],
});
export const inHand = route({
  method: 'GET',
  path: '/records/in-hand',
  access: 'record.write',
  tag,
  summary: 'What I have in hand, one line each: a form for handing over a shift begins with it (SD3d-06).',
  response: obj({ openTickets: Type.String(), promises: Type.String(), callbacks: Type.String() }),
});
export const recordsOf = route({
  method: 'GET',
  path: '/records',
  access: 'record.read',
  tag,
  summary:
    'Records of every kind of one customer, ticket, conversation or run, or one whose kind is not known: the cards of the context panel.',
  query: obj({
    customerId: opt(Id),
    ticketId: opt(Id),
    conversationId: opt(Id),
    runId: opt(Id),
    recordId: opt(Id),
    /** What hangs below that record. */ parentId: opt(Id),
    limit: opt(Type.Integer({ minimum: 1, maximum: 200 })),
  }),
  response: obj({ items: Type.Array(RecordView) }),
});
export const getRecord = route({
  method: 'GET',
  path: '/records/:kind/:id',
  access: 'record.read',
  tag,
  summary: 'One record with the moves that are open to the reader.',
  params: one,
  response: RecordView,
  errors: ['RECORD_KIND_UNKNOWN'],
});
export const recordHistory = route({
  method: 'GET',
  path: '/records/:kind/:id/history',
  access: 'record.read',
  tag,
  summary: 'What happened to one record, the newest first: made, changed, moved, tickets gathered.',
  params: one,
  response: obj({
    items: Type.Array(
      obj({
        at: Instant,
        by: nullable(Type.String()),
        what: oneOf(['created', 'changed', 'moved', 'gathered', 'released'] as const),
        /** The state it came to. */ state: nullable(Words),
        /** The fields that were changed. */ fields: Type.Array(Words),
        note: nullable(Type.String()),
        ticketNumber: nullable(Type.String()),
      }),
    ),
  }),
  errors: ['RECORD_KIND_UNKNOWN'],
});
export const createRecord = route({
  method: 'POST',
  path: '/records/:kind',
  access: 'record.write',
  tag,
  summary: 'Makes a record, or brings up to date the one with the same externalId.',
  params: ofKind,
  body: obj({ data: Answers, ...links, state: opt(text(40)), externalId: opt(title(200)) }),
  response: RecordView,
  status: 201,
  errors: ['RECORD_KIND_UNKNOWN', 'RECORD_MOVE_REFUSED'],
});
export const changeRecord = route({
  method: 'PATCH',
  path: '/records/:kind/:id',
  access: 'record.write',
  tag,
  summary: 'Changes fields and links.',
  params: one,
  body: obj({ data: opt(Answers), ...links }),
  response: RecordView,
  errors: ['RECORD_KIND_UNKNOWN', 'STALE_VERSION'],
});
export const moveRecord = route({
  method: 'POST',
  path: '/records/:kind/:id/move',
  access: 'record.write',
  tag,
  summary: 'Moves a record to another state, as its kind allows.',
  params: one,
  body: obj({ to: title(40), data: opt(Answers), note: opt(text(1000)) }),
  response: RecordView,
  errors: ['RECORD_KIND_UNKNOWN', 'RECORD_MOVE_REFUSED'],
});
export const gatherTickets = route({
  method: 'POST',
  path: '/records/:kind/:id/tickets',
  access: 'record.write',
  tag,
  summary: 'Gathers tickets under a record (a problem with one cause), or takes one off.',
  params: one,
  body: obj({ ticketIds: Type.Array(Id, { minItems: 1, maxItems: 500 }), remove: opt(Type.Boolean()) }),
  response: RecordView,
  errors: ['RECORD_KIND_UNKNOWN', 'RECORD_GATHERS_NOT'],
});
export const broadcastRecord = route({
  method: 'POST',
  path: '/records/:kind/:id/broadcast',
  access: 'record.write',
  tag,
  summary: 'One public message to every gathered ticket that is still open; each gets it once.',
  params: one,
  body: obj({ body: title(8000) }),
  response: obj({ sent: Type.Integer(), skipped: Type.Integer() }),
  errors: ['RECORD_KIND_UNKNOWN'],
});
export const summariseRecords = route({
  method: 'GET',
  path: '/records/:kind/summary',
  access: 'record.read',
  tag,
  summary:
    'How many records by a field, state or day in a period (the 1,000 largest values), with the sum of a number field and each share. Not by what the reader sees masked.',
  params: ofKind,
  query: obj({
    by: text(40, 1),
    sum: opt(text(40)),
    from: opt(PlainDate),
    to: opt(PlainDate),
    where: opt(text(400)),
  }),
  response: obj({
    total: Type.Integer(),
    sum: nullable(Type.Number()),
    items: Type.Array(
      obj({
        value: nullable(Type.String()),
        name: nullable(Words),
        count: Type.Integer(),
        share: Type.Number(),
        /** Share of this value and all before it. */ cumulative: Type.Number(),
        sum: nullable(Type.Number()),
      }),
    ),
  }),
  errors: ['RECORD_KIND_UNKNOWN'],
});
const format = oneOf(['csv', 'xlsx', 'pdf'] as const);
export const exportRecords = route({
  method: 'GET',
  path: '/records/:kind/export',
  access: 'record.export',
  tag,
  summary: 'Records as CSV or XLSX, at most 20,000, or a PDF table, at most 1,000; audited.',
  params: ofKind,
  query: obj({
    format,
    q: opt(text(200)),
    state: opt(text(40)),
    day: opt(PlainDate),
    from: opt(PlainDate),
    to: opt(PlainDate),
    customerId: opt(Id),
    late: opt(Type.Boolean()),
    where: opt(text(400)),
    locale: opt(oneOf(['zh-CN', 'en'] as const)),
  }),
  produces: 'application/octet-stream',
  errors: ['RECORD_KIND_UNKNOWN', 'TOO_LARGE'],
});
export const printRecord = route({
  method: 'GET',
  path: '/records/:kind/:id/print.pdf',
  access: 'record.read',
  tag,
  summary: 'The paper form of one record, Chinese fonts embedded; audited.',
  params: one,
  query: obj({ locale: opt(oneOf(['zh-CN', 'en'] as const)) }),
  produces: 'application/pdf',
  errors: ['RECORD_KIND_UNKNOWN'],
});
export const importRecords = route({
  method: 'POST',
  path: '/records/:kind/import',
  access: 'record.import',
  tag,
  summary:
    'Records from a CSV or XLSX sheet by its heading; wrong rows are told with line and field, right ones kept.',
  params: ofKind,
  body: obj({
    format: oneOf(['csv', 'xlsx'] as const),
    /** The file, base64. */ content: Type.String({ minLength: 1, maxLength: 14_000_000 }),
    dryRun: opt(Type.Boolean()),
  }),
  response: obj({
    created: Type.Integer(),
    updated: Type.Integer(),
    /** Cells that were masks of what is kept, as an export shows them: they changed nothing. */
    masked: Type.Integer(),
    refused: Type.Array(obj({ line: Type.Integer(), zh: Type.String(), en: Type.String() })),
  }),
  errors: ['RECORD_KIND_UNKNOWN'],
  bodyLimit: 15 * 1024 * 1024,
});
export const lookUp = route({
  method: 'POST',
  path: '/look-up',
  access: 'public',
  tag: 'public',
  summary: 'Where a record stands, for the customer: number and proof. Wrong proof shows nothing.',
  body: obj({
    kind: Type.String({ pattern: '^[a-z][a-z0-9_]{0,39}$' }),
    number: title(60),
    proof: opt(text(40)),
  }),
  response: obj({
    kind: Words,
    number: Type.String(),
    state: nullable(Words),
    fields: Type.Array(obj({ zh: Type.String(), en: Type.String(), value: Type.String() })),
    history: Type.Array(obj({ at: Instant, zh: Type.String(), en: Type.String() })),
  }),
  errors: ['LOOKUP_FAILED', 'RECORD_NUMBER_FOREIGN', 'RECORD_KIND_UNKNOWN'],
  ratePerMinute: 20,
});
export const lookUpKinds = route({
  method: 'GET',
  path: '/look-up',
  access: 'public',
  tag: 'public',
  summary: 'What can be looked up here.',
  response: obj({
    items: Type.Array(
      obj({ kind: Type.String(), name: Words, proof: oneOf(['phoneTail', 'pin', 'none'] as const) }),
    ),
  }),
});
export const openRecordLink = route({
  method: 'GET',
  path: '/l/:token',
  access: 'public',
  tag: 'public',
  summary: 'Leads on to the address that a record names, and keeps that it was opened (SD0-10).',
  params: obj({ token: text(100, 20) }),
  produces: 'text/html',
  ratePerMinute: 60,
});
