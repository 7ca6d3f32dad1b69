/** The floor: queue, people, promises and the day. */
import { route } from '../route.ts';
import { Type, obj, nullable, Id, Instant, title, oneOf, Ok } from '../schema.ts';
import type { Static } from '../schema.ts';
import { presenceStates, deadlineKinds, priorities, ticketStatuses } from '../words.ts';
import { Notice } from './notices.ts';

const byId = obj({ id: Id });
export const FloorAgent = obj({
  id: Id,
  name: Type.String(),
  staffNo: Type.String(),
  groups: Type.Array(Type.String()),
  state: oneOf(presenceStates),
  reason: nullable(Type.String()),
  since: Instant,
  connected: Type.Boolean(),
  load: Type.Integer(),
  max: Type.Integer(),
  offered: Type.Integer(),
  openTickets: Type.Integer(),
  breached: Type.Integer(),
});
export const FloorBreach = obj({
  deadlineId: Id,
  ticketId: nullable(Id),
  conversationId: nullable(Id),
  /** A step, call, promise or approval somebody owes; its ticket stands in `ticketId`, its record below. */
  taskId: nullable(Id),
  recordId: nullable(Id),
  recordKind: nullable(Type.String()),
  number: Type.String(),
  subject: Type.String(),
  kind: oneOf(deadlineKinds),
  priority: nullable(oneOf(priorities)),
  dueAt: Instant,
  state: oneOf(['warned', 'breached'] as const),
  assigneeName: nullable(Type.String()),
  groupName: nullable(Type.String()),
  status: nullable(oneOf(ticketStatuses)),
  escalationLevel: Type.Integer(),
});
export const Floor = obj({
  serverTime: Instant,
  queue: Type.Array(
    obj({
      groupId: Id,
      name: Type.String(),
      waiting: Type.Integer(),
      offered: Type.Integer(),
      longestSince: nullable(Instant),
      ready: Type.Integer(),
      online: Type.Integer(),
      load: Type.Integer(),
      capacity: Type.Integer(),
      pool: Type.Integer(),
    }),
  ),
  agents: Type.Array(FloorAgent),
  breaches: Type.Array(FloorBreach),
  dueSoon: Type.Integer(),
  today: obj({
    conversations: Type.Integer(),
    answered: Type.Integer(),
    answeredIn: Type.Integer(),
    answerSeconds: Type.Integer(),
    serviceLevel: nullable(Type.Number()),
    averageWaitSeconds: nullable(Type.Number()),
    abandoned: Type.Integer(),
    opened: Type.Integer(),
    resolved: Type.Integer(),
    closed: Type.Integer(),
    breached: Type.Integer(),
    csat: nullable(Type.Number()),
    rated: Type.Integer(),
  }),
  hours: Type.Array(
    obj({ hour: Type.String(), opened: Type.Integer(), resolved: Type.Integer(), breached: Type.Integer() }),
  ),
  alerts: Type.Array(Notice),
});
export type FloorView = Static<typeof Floor>;
export const getFloor = route({
  method: 'GET',
  path: '/floor',
  access: 'floor.read',
  tag: 'floor',
  summary: 'The supervisor’s page: queue, breaches, people, today; only what the reader may see.',
  response: Floor,
});
export const Tiers = obj({
  /** Whether any group is a tier; without one there is nothing to count. */
  configured: Type.Boolean(),
  /** Cases finished today that the first tier had in hand. */
  taken: Type.Integer(),
  /** Of these, passed on to the second tier. */
  passed: Type.Integer(),
  solved: Type.Integer(),
  /** Share solved by the first tier, 0 to 1; null when nothing was taken. */
  rate: nullable(Type.Number()),
});
export type TiersView = Static<typeof Tiers>;
export const tiersToday = route({
  method: 'GET',
  path: '/floor/tiers',
  access: 'floor.read',
  tag: 'floor',
  summary: 'What the first tier solved today and what it passed on to the second (SD3i-03).',
  response: Tiers,
});
export const forcePresence = route({
  method: 'POST',
  path: '/floor/:id/presence',
  access: 'floor.control',
  tag: 'floor',
  summary: 'Sets an agent’s presence; marked as forced.',
  params: byId,
  body: obj({ state: oneOf(presenceStates), reason: title(200) }),
  response: Ok,
  errors: ['REASON_REQUIRED'],
});
export const breachesToday = route({
  method: 'GET',
  path: '/floor/breaches',
  access: 'floor.read',
  tag: 'floor',
  summary: 'Breaches of the day grouped by rule (SD2-19).',
  response: obj({
    items: Type.Array(
      obj({
        kind: oneOf(deadlineKinds),
        priority: nullable(oneOf(priorities)),
        breached: Type.Integer(),
        met: Type.Integer(),
        running: Type.Integer(),
      }),
    ),
  }),
});
