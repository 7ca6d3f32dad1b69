/** A route is data: what may be asked, by whom, with which answer. Server, typed clients and OpenAPI derive from it. */
import type { Static, TSchema } from 'typebox';
import type { Permission } from './permissions.ts';
import type { ErrorCode } from './errors.ts';

/**
 * Who may call:
 * - a permission of the catalogue (the actor's scope narrows rows in SQL),
 * - `signedIn`: any signed-in member of staff, for one's own things,
 * - `visitor`: the bearer of a visitor session (widget, portal),
 * - `public`: anyone, rate-limited,
 * - `channel`: a machine that proves itself by the channel's own secret or signature.
 */
export type Access = Permission | 'signedIn' | 'visitor' | 'public' | 'channel';

export type Route = {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Below `/api/v1`, Fastify style: `/tickets/:id`. */
  path: string;
  access: Access;
  /** One sentence for the reader of the API docs. */
  summary: string;
  tag: string;
  params?: TSchema;
  query?: TSchema;
  body?: TSchema;
  response?: TSchema;
  /** Success status, 200 unless told. */
  status?: number;
  /** Codes of the catalogue this route may answer beside the general ones. */
  errors?: readonly ErrorCode[];
  /** Bytes of body allowed; 1 MiB unless told. */
  bodyLimit?: number;
  /** Media type of the request body; application/json unless told. */
  consumes?: string;
  /** The answer is not JSON (a file, raw text): media type. */
  produces?: string;
  /** Per minute and address (public) or per actor; the general limit unless told. */
  ratePerMinute?: number;
};

export const route = <const R extends Route>(definition: R): R => definition;

type Of<S> = S extends TSchema ? Static<S> : undefined;
export type ParamsOf<R extends Route> = Of<R['params']>;
export type QueryOf<R extends Route> = Of<R['query']>;
export type BodyOf<R extends Route> = Of<R['body']>;
export type ResponseOf<R extends Route> = Of<R['response']>;
