/** Search over customers, tickets, records and articles. */
import { route } from '../route.ts';
import { Type, obj, opt, Id, text, oneOf } from '../schema.ts';

export const search = route({
  method: 'GET',
  path: '/search',
  access: 'signedIn',
  tag: 'search',
  summary: 'Customers, tickets, records and articles by number, name, title or phone; only what you may see.',
  query: obj({ q: text(80, 1), types: opt(text(60)) }),
  response: obj({
    items: Type.Array(
      obj({
        type: oneOf(['ticket', 'customer', 'record', 'article'] as const),
        id: Id,
        number: Type.String(),
        title: Type.String(),
        hint: Type.String(),
        /** Of a record: its kind, as its address needs it. */ kind: opt(Type.String()),
      }),
    ),
  }),
});
