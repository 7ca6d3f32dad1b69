/** Views 视图 of one's own: lists of tickets by a condition, kept for oneself or shared. */
import { ConditionValue } from '../pack-record.ts';
import { route } from '../route.ts';
import { Type, obj, opt, nullable, Id, Ok, oneOf, partial, title } from '../schema.ts';
import type { Static } from '../schema.ts';
import { ticketSorts } from './ticket-shapes.ts';

const tag = 'ticket-views';
const byId = obj({ id: Id });
export const viewShares = ['me', 'group', 'all'] as const;
/** Views that one person may keep. */
export const mostViews = 30;
/** Counted up to here; more is told as "more than". */
export const mostCounted = 1000;

const given = {
  name: title(40),
  /** What must hold, over the facts of `view-facts.ts`. */
  condition: ConditionValue,
  /** Among which tickets: those that are not over, or all. */
  among: oneOf(['open', 'all'] as const),
  sort: nullable(oneOf(ticketSorts)),
  /** Who sees it. Sharing asks for `view.share`. */
  share: oneOf(viewShares),
  /** The group, where it is shared with one. */
  groupId: nullable(Id),
};
export const TicketViewInput = obj({
  name: given.name,
  condition: given.condition,
  among: given.among,
  sort: opt(given.sort),
  share: opt(given.share),
  groupId: opt(given.groupId),
});
export const TicketViewOfOnesOwn = obj({
  id: Id,
  ...given,
  ownerId: Id,
  ownerName: Type.String(),
  /** Whether the reader may change it. */ mayChange: Type.Boolean(),
  version: Type.Integer(),
});
export type OwnTicketView = Static<typeof TicketViewOfOnesOwn>;

export const listTicketViews = route({
  method: 'GET',
  path: '/ticket-views',
  access: 'ticket.read',
  tag,
  summary:
    'Views of one’s own, of one’s groups and of everybody, by name; then those of other groups, for who may share.',
  response: obj({ items: Type.Array(TicketViewOfOnesOwn) }),
});
export const createTicketView = route({
  method: 'POST',
  path: '/ticket-views',
  access: 'ticket.read',
  tag,
  summary: 'Keeps a view.',
  body: TicketViewInput,
  response: TicketViewOfOnesOwn,
  status: 201,
  errors: ['VALIDATION', 'VIEWS_TOO_MANY'],
});
export const changeTicketView = route({
  method: 'PATCH',
  path: '/ticket-views/:id',
  access: 'ticket.read',
  tag,
  summary: 'Changes a view (send If-Match); one’s own, or a shared one with the permission to share.',
  params: byId,
  body: partial(TicketViewInput),
  response: TicketViewOfOnesOwn,
  errors: ['VALIDATION', 'STALE_VERSION'],
});
export const deleteTicketView = route({
  method: 'DELETE',
  path: '/ticket-views/:id',
  access: 'ticket.read',
  tag,
  summary: 'Removes a view; no ticket changes.',
  params: byId,
  response: Ok,
});
export const countTicketView = route({
  method: 'POST',
  path: '/ticket-views/count',
  access: 'ticket.read',
  tag,
  summary: 'How many tickets a condition would list now.',
  body: obj({ condition: given.condition, among: given.among }),
  response: obj({
    count: Type.Integer(),
    /** There are more than were counted. */ more: Type.Boolean(),
  }),
  errors: ['VALIDATION'],
});
