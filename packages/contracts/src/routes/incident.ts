/** 应急模式: when lines are jammed or a system is down, customers and staff are told so at once (SD2-37). */
import { route } from '../route.ts';
import { Type, obj, opt, nullable, Id, Instant, text, title, oneOf, Ok } from '../schema.ts';
import type { Static } from '../schema.ts';

const tag = 'incident';
export const incidentCauses = ['lines', 'system', 'product', 'weather', 'other'] as const;
const said = {
  /** What customers read, in both languages; English falls back to Chinese. */
  announcement: title(300),
  announcementEn: opt(text(400)),
  /** What the telephone says first; the announcement unless told. */
  ivr: opt(text(300)),
};
export const startIncident = route({
  method: 'POST',
  path: '/incident',
  access: 'incident.switch',
  tag,
  summary: 'Switches incident mode on: chat, portal and desk show it at once.',
  body: obj({
    cause: oneOf(incidentCauses),
    ...said,
    expectedEnd: opt(nullable(Instant)),
    /** Customers who wait may leave their phone instead. */
    offerCallback: opt(Type.Boolean()),
    /** New chats go to this group while it lasts. */
    overflowGroupId: opt(nullable(Id)),
  }),
  response: obj({ id: Id }),
  status: 201,
  errors: ['INCIDENT_ON', 'VALIDATION'],
});
export const endIncident = route({
  method: 'DELETE',
  path: '/incident',
  access: 'incident.switch',
  tag,
  summary: 'Switches incident mode off.',
  response: Ok,
  errors: ['INCIDENT_OFF'],
});
export const Incident = obj({
  id: Id,
  cause: oneOf(incidentCauses),
  announcement: Type.String(),
  announcementEn: Type.String(),
  ivr: Type.String(),
  expectedEnd: nullable(Instant),
  offerCallback: Type.Boolean(),
  overflowGroupId: nullable(Id),
  startedAt: Instant,
  startedByName: nullable(Type.String()),
});
export type IncidentView = Static<typeof Incident>;
export const getIncident = route({
  method: 'GET',
  path: '/incident',
  access: 'signedIn',
  tag,
  summary: 'The incident that is on, or null.',
  response: obj({ incident: nullable(Incident) }),
});
export const PublicNotice = obj({
  announcement: Type.String(),
  announcementEn: Type.String(),
  expectedEnd: nullable(Instant),
  offerCallback: Type.Boolean(),
});
export const publicNotice = route({
  method: 'GET',
  path: '/notice',
  access: 'public',
  tag: 'portal',
  summary: 'What customers are told now, or null; chat and portal ask every few seconds.',
  response: obj({ notice: nullable(PublicNotice) }),
  ratePerMinute: 600,
});
