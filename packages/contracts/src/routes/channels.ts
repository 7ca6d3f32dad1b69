/** Ways in and out, their health, and what was held back at the door. */
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
  titleOrNone,
  oneOf,
  pageQuery,
  pageOf,
  Ok,
  partial,
} from '../schema.ts';
import type { Static } from '../schema.ts';
import { channelKinds } from '../words.ts';

const tag = 'channels';
const byId = obj({ id: Id });
export const ChannelSettings = Type.Record(
  Type.String({ pattern: '^[a-zA-Z][a-zA-Z0-9]{0,39}$' }),
  Type.Union([
    Type.String({ maxLength: 2000 }),
    Type.Number(),
    Type.Boolean(),
    Type.Null(),
    Type.Array(Type.String({ maxLength: 300 }), { maxItems: 50 }),
  ]),
);
export const Channel = obj({
  id: Id,
  kind: oneOf(channelKinds),
  key: Type.String(),
  name: Type.String(),
  nameEn: Type.String(),
  brand: Type.String(),
  enabled: Type.Boolean(),
  calendarId: nullable(Id),
  groupId: nullable(Id),
  defaultCategory: nullable(Type.String()),
  /** Service scope told to customers (SD2-06). */ scope: Type.String(),
  address: nullable(Type.String()),
  settings: ChannelSettings,
  open: Type.Boolean(),
  hours: Type.String(),
  version: Type.Integer(),
});
export type ChannelView = Static<typeof Channel>;
const body = {
  kind: oneOf(channelKinds),
  key: Type.String({ pattern: '^[a-z][a-z0-9-]{1,40}$', examples: ['shop'] }),
  name: title(60),
  nameEn: opt(titleOrNone(80)),
  brand: opt(titleOrNone(60)),
  enabled: opt(Type.Boolean()),
  calendarId: opt(nullable(Id)),
  groupId: opt(nullable(Id)),
  defaultCategory: opt(nullable(text(80))),
  scope: opt(text(500)),
  address: opt(nullable(text(254))),
  settings: opt(ChannelSettings),
};
export const listChannels = route({
  method: 'GET',
  path: '/channels',
  access: 'signedIn',
  tag,
  summary: 'Channels with hours and state.',
  query: obj(pageQuery),
  response: pageOf(Channel),
});
export const createChannel = route({
  method: 'POST',
  path: '/channels',
  access: 'channel.write',
  tag,
  summary: 'Creates a channel.',
  body: obj(body),
  response: Channel,
  status: 201,
});
export const patchChannel = route({
  method: 'PATCH',
  path: '/channels/:id',
  access: 'channel.write',
  tag,
  summary: 'Changes a channel.',
  params: byId,
  body: partial(obj(body)),
  response: Channel,
  errors: ['STALE_VERSION'],
});
export const channelHealth = route({
  method: 'GET',
  path: '/channels/:id/health',
  access: 'operations.read',
  tag,
  summary: 'Last message in and out, backlog, failures of a day.',
  params: byId,
  response: obj({
    state: oneOf(['ok', 'degraded', 'down'] as const),
    lastInAt: nullable(Instant),
    lastOutAt: nullable(Instant),
    waiting: Type.Integer(),
    failed: Type.Integer(),
    quarantined: Type.Integer(),
    detail: Type.String(),
  }),
});
export const inboundCounts = obj({
  accepted: Type.Integer(),
  duplicate: Type.Integer(),
  quarantined: Type.Integer(),
});
export const inboundEmail = route({
  method: 'POST',
  path: '/channels/:id/inbound/email',
  access: 'channel.ingest',
  tag,
  summary: 'The pipe door: one raw mail (message/rfc822).',
  params: byId,
  consumes: 'message/rfc822',
  bodyLimit: 26_214_400,
  response: inboundCounts,
  errors: ['CHANNEL_KIND', 'CHANNEL_DISABLED', 'TOO_LARGE'],
});
export const QuarantineItem = obj({
  id: Id,
  channelId: Id,
  channelName: Type.String(),
  at: Instant,
  cause: Type.String(),
  detail: Type.String(),
  from: Type.String(),
  subject: Type.String(),
  size: Type.Integer(),
  state: oneOf(['held', 'released'] as const),
});
export const listQuarantine = route({
  method: 'GET',
  path: '/quarantine',
  access: 'operations.read',
  tag,
  summary: 'Held-back messages with their cause.',
  query: obj(pageQuery),
  response: pageOf(QuarantineItem),
});
export const releaseQuarantine = route({
  method: 'POST',
  path: '/quarantine/:id/release',
  access: 'operations.write',
  tag,
  summary: 'Processes a held message after all.',
  params: byId,
  body: obj({ reason: title(300) }),
  response: Ok,
});
export const rawQuarantine = route({
  method: 'GET',
  path: '/quarantine/:id/raw',
  access: 'operations.write',
  tag,
  summary: 'The raw message as a download; audited.',
  params: byId,
  produces: 'message/rfc822',
});
