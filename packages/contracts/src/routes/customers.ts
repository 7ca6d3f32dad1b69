/** Customers: one person or company, reached on many channels. */
import { customerFieldKeys } from '../customer-fields.ts';
import { route } from '../route.ts';
import type { ResponseOf } from '../route.ts';
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
  oneOf,
  pageQuery,
  pageOf,
  Fields,
  partial,
} from '../schema.ts';
import { Words } from '../pack.ts';
import type { Static } from '../schema.ts';
import { customerKinds, customerLevels, identityKinds, channelKinds } from '../words.ts';

const tag = 'customers';
/** `value` is masked (`138****1234`) unless the reader may see it whole; `valueId` is what a reveal names. */
export const Identity = obj({
  id: Id,
  kind: oneOf(identityKinds),
  value: Type.String(),
  masked: Type.Boolean(),
  label: nullable(Type.String()),
  preferred: Type.Boolean(),
  verified: Type.Boolean(),
  valid: Type.Boolean(),
});
export const Customer = obj({
  id: Id,
  number: Type.String(),
  kind: oneOf(customerKinds),
  name: Type.String(),
  contactName: nullable(Type.String()),
  contactTitle: nullable(Type.String()),
  company: Type.String(),
  industry: nullable(Type.String()),
  level: oneOf(customerLevels),
  class: nullable(Type.String()),
  tags: Type.Array(Type.String()),
  identities: Type.Array(Identity),
  preferredChannel: nullable(oneOf(channelKinds)),
  website: nullable(Type.String()),
  remark: nullable(Type.String()),
  fields: Fields,
  cooperationSince: nullable(Type.String()),
  serviceHint: nullable(Type.String()),
  mergedInto: nullable(Id),
  createdAt: Instant,
  updatedAt: Instant,
  version: Type.Integer(),
});
export type CustomerView = Static<typeof Customer>;

export const customerBody = {
  kind: oneOf(customerKinds),
  name: title(120),
  contactName: opt(text(60)),
  contactTitle: opt(text(60)),
  company: opt(text(120)),
  industry: opt(text(60)),
  level: opt(oneOf(customerLevels)),
  class: opt(text(40)),
  phones: opt(Type.Array(title(40), { maxItems: 10 })),
  emails: opt(Type.Array(Email, { maxItems: 10 })),
  tags: opt(Type.Array(title(30), { maxItems: 30 })),
  preferredChannel: opt(nullable(oneOf(channelKinds))),
  website: opt(nullable(text(300))),
  remark: opt(nullable(text(2000))),
  cooperationSince: opt(nullable(text(10))),
  serviceHint: opt(nullable(text(120))),
  fields: opt(Fields),
};
export const CustomerInput = obj(customerBody);
export type CustomerInputBody = Static<typeof CustomerInput>;
const duplicates = Type.Array(
  obj({ id: Id, number: Type.String(), name: Type.String(), because: Type.String() }),
);

export const listCustomers = route({
  method: 'GET',
  path: '/customers',
  access: 'customer.read',
  tag,
  summary: 'Customers by phone (any form or last digits), text, level, tag.',
  query: obj({
    ...pageQuery,
    q: opt(text(80)),
    phone: opt(text(40)),
    level: opt(oneOf(customerLevels)),
    kind: opt(oneOf(customerKinds)),
    tag: opt(text(30)),
  }),
  response: pageOf(Customer),
});
export const createCustomer = route({
  method: 'POST',
  path: '/customers',
  access: 'customer.write',
  tag,
  summary: 'Registers a customer; possible duplicates are proposed at GET /customers/{id}/duplicates.',
  body: CustomerInput,
  response: Customer,
  status: 201,
  errors: ['CUSTOMER_CONTACT_NAME_REQUIRED', 'CUSTOMER_COMPANY_REQUIRED', 'PHONE_INVALID', 'URL_NOT_ALLOWED'],
});
/** A column of the sheet and the field it is taken for. */
const column = obj({ heading: Type.String(), field: nullable(oneOf(customerFieldKeys)) });
export const importCustomers = route({
  method: 'POST',
  path: '/customers/import',
  access: 'customer.import',
  tag,
  summary:
    'Customers from a CSV or XLSX sheet. Columns are known by heading or as `mapping` says; whose phone is known is proposed for merging, never doubled; wrong rows are told with line and field, right ones kept.',
  body: obj({
    format: oneOf(['csv', 'xlsx'] as const),
    /** The file, base64. */ content: Type.String({ minLength: 1, maxLength: 14_000_000 }),
    /** Field by heading, where it is not the one the heading means; null leaves the column out. */
    mapping: opt(Type.Record(Type.String(), nullable(oneOf(customerFieldKeys)))),
    /** What the sheet has more is filled into the customers whose phone it is; what is kept there stays. */
    merge: opt(Type.Boolean()),
    /** Nothing is kept, only told. */
    dryRun: opt(Type.Boolean()),
  }),
  response: obj({
    columns: Type.Array(column),
    created: Type.Integer(),
    merged: Type.Integer(),
    /** Rows whose phone belongs to a customer already, of the sheet or of before. */
    duplicates: Type.Array(
      obj({ line: Type.Integer(), name: Type.String(), id: Id, number: Type.String(), known: Type.String() }),
    ),
    refused: Type.Array(obj({ line: Type.Integer(), zh: Type.String(), en: Type.String() })),
  }),
  errors: ['TOO_LARGE', 'BAD_REQUEST'],
  bodyLimit: 15 * 1024 * 1024,
});
export type CustomersImported = ResponseOf<typeof importCustomers>;
export const getCustomer = route({
  method: 'GET',
  path: '/customers/:id',
  access: 'customer.read',
  tag,
  summary: 'One customer.',
  params: obj({ id: Id }),
  response: Customer,
});
export const patchCustomer = route({
  method: 'PATCH',
  path: '/customers/:id',
  access: 'customer.write',
  tag,
  summary: 'Changes a customer (send If-Match).',
  params: obj({ id: Id }),
  body: partial(CustomerInput),
  response: Customer,
  errors: [
    'STALE_VERSION',
    'CUSTOMER_MERGED',
    'PHONE_INVALID',
    'URL_NOT_ALLOWED',
    'CUSTOMER_CONTACT_NAME_REQUIRED',
    'CUSTOMER_COMPANY_REQUIRED',
  ],
});
export const customerDuplicates = route({
  method: 'GET',
  path: '/customers/:id/duplicates',
  access: 'customer.read',
  tag,
  summary: 'Who may be the same person, and why.',
  params: obj({ id: Id }),
  response: obj({ items: duplicates }),
});
export const revealIdentity = route({
  method: 'POST',
  path: '/customers/:id/reveal',
  access: 'customer.reveal',
  tag,
  summary: 'Shows one masked contact value for a stated reason; audited, at most 30 an hour.',
  params: obj({ id: Id }),
  body: obj({ identityId: Id, reason: text(200) }),
  response: obj({ value: Type.String() }),
  errors: ['REVEAL_REASON_REQUIRED', 'RATE_LIMITED'],
});
export const mergeCustomer = route({
  method: 'POST',
  path: '/customers/:id/merge',
  access: 'customer.merge',
  tag,
  summary: 'Merges another customer into this one; can be undone.',
  params: obj({ id: Id }),
  body: obj({ fromId: Id, reason: title(300) }),
  response: Customer,
  errors: ['CUSTOMER_MERGED', 'CONFLICT'],
});
export const unmergeCustomer = route({
  method: 'POST',
  path: '/customers/:id/unmerge',
  access: 'customer.merge',
  tag,
  summary: 'Undoes a merge.',
  params: obj({ id: Id }),
  body: obj({ fromId: Id, reason: title(300) }),
  response: Customer,
  errors: ['CONFLICT'],
});

export const TimelineItem = obj({
  id: Type.String(),
  at: Instant,
  kind: Type.String(),
  type: Type.String(),
  subjectType: Type.String(),
  subjectId: Id,
  number: nullable(Type.String()),
  channel: nullable(Type.String()),
  title: Type.String(),
  /** What a step, playbook or kind of record is called. */ words: nullable(Words),
  actor: nullable(Type.String()),
  actorKind: Type.String(),
  data: Type.Record(Type.String(), Type.Unknown()),
});
export type TimelineItemView = Static<typeof TimelineItem>;
export const customerTimeline = route({
  method: 'GET',
  path: '/customers/:id/timeline',
  access: 'customer.read',
  tag,
  summary:
    'Everything that happened with the customer on all channels, newest first; only what the reader may see.',
  params: obj({ id: Id }),
  query: obj(pageQuery),
  response: pageOf(TimelineItem),
});
