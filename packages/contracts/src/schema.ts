/** JSON Schema pieces every contract is made of. Objects are closed: an unknown field is refused at the edge (422 UNKNOWN_FIELD). */
import { Type } from 'typebox';
import type { Static, TSchema, TProperties, TObjectOptions } from 'typebox';

export { Type };
export type { Static, TSchema, TProperties };

/** A closed object. */
export const obj = <P extends TProperties>(properties: P, options: TObjectOptions = {}) =>
  Type.Object(properties, { additionalProperties: false, ...options });

export const opt = Type.Optional;

/** All of an object's fields optional; still closed, which `Type.Partial` alone would not be. */
export const partial = <T extends TSchema>(schema: T) =>
  Type.Partial(schema, { additionalProperties: false });

/** A value that may be null. */
export const nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);

/** One of a fixed list of words. */
export const oneOf = <const W extends readonly string[]>(words: W) =>
  Type.Unsafe<W[number]>({ type: 'string', enum: [...words] });

/** UUID of an object; random, never a label. */
export const Id = Type.String({
  pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$',
  examples: ['01a21864-5fc8-7000-8075-192163d40bc6'],
  minLength: 36,
  maxLength: 36,
});

/** RFC 3339 UTC instant. */
export const Instant = Type.String({ format: 'date-time', maxLength: 40 });

/** Plain date, `YYYY-MM-DD`. */
export const PlainDate = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', examples: ['2026-11-26'] });

/** Something else than blanks. */
export const notBlank = String.raw`\S`;
/** Free text with an upper bound in characters. NUL and lone control characters are refused where it is read. */
export const text = (maxLength: number, minLength = 0) => Type.String({ maxLength, minLength });

/** What has to be said, a name above all: blanks alone say nothing. */
export const title = (maxLength: number) => Type.String({ maxLength, pattern: notBlank });

/** Nothing at all, or something else than blanks. */
export const emptyOrNotBlank = String.raw`^$|\S`;
/** A name that may be missing, the English one for example; empty is none. */
export const titleOrNone = (maxLength: number) => Type.String({ maxLength, pattern: emptyOrNotBlank });

export const Email = Type.String({ maxLength: 254, minLength: 3, format: 'email' });

/** Keyset page parameters shared by every list. */
export const pageQuery = { limit: opt(Type.Integer({ minimum: 1, maximum: 200 })), cursor: opt(text(400)) };

/** A page of `item`; `nextCursor` is null on the last page. */
export const pageOf = <S extends TSchema>(item: S) =>
  obj({ items: Type.Array(item), nextCursor: nullable(Type.String()) });

/** Free form fields (custom fields of a form): flat map of label-safe keys. */
export const Fields = Type.Record(
  Type.String({ pattern: '^[a-zA-Z][a-zA-Z0-9_]{0,39}$' }),
  Type.Union([Type.String({ maxLength: 4000 }), Type.Number(), Type.Boolean(), Type.Null()]),
);

export const Ok = obj({ ok: Type.Literal(true) });
