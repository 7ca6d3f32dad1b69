/** Search over customers, tickets and records. */
import { route } from '../route.ts';
import { Type, obj, opt, Id, text, oneOf } from '../schema.ts';

export const search = route({
  method: 'GET',
  path: '/search',
  access: 'signedIn',
  tag: 'search',
  summary: 'Customers, tickets and records by number, name, title or phone; only what you may see.',
  query: obj({ q: text(80, 1), types: opt(text(60)) }),
  response: obj({
    items: Type.Array(
      obj({
        type: oneOf(['ticket', 'customer', 'record'] as const),
        id: Id,
        number: Type.String(),
        title: Type.String(),
        hint: Type.String(),
        /** Of a record: its kind, as its address needs it. */ kind: opt(Type.String()),
      }),
    ),
  }),
});
