/** The wording guard: what should not be said, and how often it was. The list itself is the setting `wording`. */
import { route } from '../route.ts';
import { Type, obj, opt, nullable, Id, Instant, text, oneOf, pageOf, pageQuery } from '../schema.ts';
import { phraseKinds } from '../phrases.ts';

export const checkWording = route({
  method: 'POST',
  path: '/wording/check',
  access: 'signedIn',
  tag: 'wording',
  summary: 'What should be said otherwise in a text, before it is sent.',
  body: obj({ text: text(20_000), scenario: opt(text(40)) }),
  response: obj({
    hits: Type.Array(
      obj({
        kind: oneOf(phraseKinds),
        text: Type.String(),
        better: nullable(Type.String()),
        at: Type.Integer(),
      }),
    ),
    improved: Type.String(),
  }),
});
export const listWordingHits = route({
  method: 'GET',
  path: '/wording/hits',
  access: 'report.read',
  tag: 'wording',
  summary:
    'Phrases that went out all the same, of people whose reports one may read, newest first; for quality.',
  query: obj({
    ...pageQuery,
    from: opt(Instant),
    to: opt(Instant),
    userId: opt(Id),
    groupId: opt(Id),
    kind: opt(oneOf(phraseKinds)),
  }),
  response: pageOf(
    obj({
      id: Id,
      at: Instant,
      userId: Id,
      userName: Type.String(),
      kind: oneOf(phraseKinds),
      text: Type.String(),
      messageId: Id,
      /** Where it was said, and the words around it; null for who may read the report but not the case. */
      ticketId: nullable(Id),
      conversationId: nullable(Id),
      excerpt: nullable(Type.String()),
    }),
  ),
});
export const wordingByAgent = route({
  method: 'GET',
  path: '/wording/by-agent',
  access: 'report.read',
  tag: 'wording',
  summary: 'How often each member of staff that the reader may read reports of used a listed phrase.',
  query: obj({ from: opt(Instant), to: opt(Instant), groupId: opt(Id) }),
  response: obj({
    items: Type.Array(
      obj({ userId: Id, userName: Type.String(), kind: oneOf(phraseKinds), count: Type.Integer() }),
    ),
  }),
});
