/** Search over customers, tickets, records and articles. */
import { route } from '../route.ts';
import { Type, obj, opt, Id, text, oneOf } from '../schema.ts';

/**
 * What is looked through. `messages` are what was said on tickets: found, the ticket is told. `calls` hold nothing until
 * a telephone channel writes them. The singular is understood too.
 */
export const searchTypes = ['tickets', 'customers', 'messages', 'records', 'articles', 'calls'] as const;

export const search = route({
  method: 'GET',
  path: '/search',
  access: 'signedIn',
  tag: 'search',
  summary: 'Customers, tickets, records and articles by number, name, title or phone; only what you may see.',
  query: obj({
    q: text(80, 1),
    /** Some of `searchTypes`, with commas; all when left out. */ types: opt(text(80)),
  }),
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
