/** Links that a customer is sent about one order: to pay it, to follow it. Each carries its order and expires (SD3l-06). */
import { route } from '../route.ts';
import { Type, obj, nullable, Id, Instant, text, oneOf } from '../schema.ts';
import type { Static } from '../schema.ts';

export const orderLinkKinds = ['pay', 'track'] as const;
export type OrderLinkKind = (typeof orderLinkKinds)[number];
export const createOrderLink = route({
  method: 'POST',
  path: '/orders/:id/links',
  access: 'record.read',
  tag: 'records',
  summary:
    'A link to pay or to follow the order, signed, good for the time set; and the words to send it with.',
  params: obj({ id: Id }),
  body: obj({ kind: oneOf(orderLinkKinds) }),
  response: obj({
    url: Type.String(),
    expiresAt: Instant,
    words: obj({ zh: Type.String(), en: Type.String() }),
  }),
  status: 201,
});
export const PublicOrder = obj({
  kind: oneOf(orderLinkKinds),
  company: Type.String(),
  companyEn: Type.String(),
  hotline: Type.String(),
  number: nullable(Type.String()),
  items: Type.String(),
  /** Yuan. */
  amount: nullable(Type.Number()),
  state: nullable(obj({ zh: Type.String(), en: Type.String() })),
  /** Where the order is paid; null where the centre has named no cashier or this is no link to pay. */
  payUrl: nullable(Type.String()),
  carrier: nullable(Type.String()),
  trackNo: nullable(Type.String()),
  etaAt: nullable(Type.String()),
  lastTrack: nullable(Type.String()),
  lastTrackAt: nullable(Type.String()),
  expiresAt: Instant,
});
export type PublicOrderView = Static<typeof PublicOrder>;
export const getPublicOrder = route({
  method: 'GET',
  path: '/o/:token',
  access: 'public',
  tag: 'public',
  summary: 'What a customer sees of the order behind a link; no name, phone or address.',
  params: obj({ token: text(100, 20) }),
  response: PublicOrder,
  errors: ['LINK_EXPIRED'],
  ratePerMinute: 60,
});
