/**
 * HTTP from contracts: a route is registered from its contract, its access checked before its handler is reached,
 * its body closed and typed, its refusals told in the catalogue's form. A route without a contract does not exist.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { Ajv } from 'ajv';
import type { ErrorObject, ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import { fastify } from 'fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Route, ParamsOf, QueryOf, BodyOf, ResponseOf } from '#contracts/route.ts';
import { emptyOrNotBlank, notBlank } from '#contracts/schema.ts';
import type { TSchema } from '#contracts/schema.ts';
import type { Locale } from '#contracts/errors.ts';
import type { Actor } from './actor.ts';
import { permit } from './actor.ts';
import type { Centre, RouteHandler } from './centre.ts';
import { faulty, Problem, problemBody } from './problem.ts';
import type { FieldFault } from './problem.ts';
import type { Limiter } from './limiter.ts';
import { allowedUrl } from './safe-url.ts';
import { observeRequest } from './metrics.ts';

export type Call<R extends Route> = {
  params: ParamsOf<R>;
  query: QueryOf<R>;
  body: BodyOf<R>;
  actor: Actor;
  centre: Centre;
  locale: Locale;
  ip: string;
  requestId: string;
  idempotencyKey?: string;
  ifMatch?: number;
  request: FastifyRequest;
  reply: FastifyReply;
};
export type Handler<R extends Route> = (call: Call<R>) => Promise<ResponseOf<R> | unknown>;

/** Binds a contract to what answers it. */
export const answer = <const R extends Route>(
  route: R,
  handler: (call: Call<R>) => Promise<unknown>,
): RouteHandler => ({ route, handler: handler as unknown as Handler<Route> });

export type Identify = {
  session(token: string): Promise<Actor | undefined>;
  apiToken(token: string): Promise<Actor | undefined>;
  visitor(token: string): Promise<Actor | undefined>;
};

export const anonymous: Actor = {
  kind: 'customer',
  id: 'anonymous',
  name: 'anonymous',
  grants: {},
  groupIds: [],
  channelIds: [],
};
export const sessionCookie = { secure: '__Host-zhike', plain: 'zhike' };
export const sha256 = (text: string) => createHash('sha256').update(text).digest();
export const sameSecret = (a: string, b: string) => timingSafeEqual(sha256(a), sha256(b));

const ajv = (coerce: boolean) => {
  const instance = new Ajv({
    allErrors: true,
    // A fault knows its schema, and with it an example of what would be right.
    verbose: true,
    coerceTypes: coerce,
    useDefaults: false,
    removeAdditional: false,
    strict: false,
    allowUnionTypes: true,
    formats: { url: (value: string) => allowedUrl(value) },
  });
  formats.default(instance);
  return instance;
};
const loose = ajv(true);
const exact = ajv(false);

/** Depth of JSON that people send is below 10; deeper is an attack on recursion. */
const deepestJson = 32;
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
const inspect = (value: unknown, pointer: string, depth: number): void => {
  if (depth > deepestJson)
    throw new Problem('BAD_REQUEST', {
      reason: { zh: `嵌套超过 ${deepestJson} 层`, en: `nested deeper than ${deepestJson}` },
    });
  if (typeof value === 'string') {
    if (controls.test(value)) throw new Problem('VALIDATION', {}, [{ pointer, code: 'CONTROL_CHARACTER' }]);
    return;
  }
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new Problem('VALIDATION', {}, [{ pointer, code: 'WRONG_TYPE', values: { expected: 'number' } }]);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (controls.test(key)) throw new Problem('VALIDATION', {}, [{ pointer, code: 'CONTROL_CHARACTER' }]);
    inspect(inner, `${pointer}/${key.slice(0, 80)}`, depth + 1);
  }
};

/** People are shown what would be right, not the expression that says so. */
const exampleOf = ({ params, parentSchema }: ErrorObject): string => {
  const { format, pattern } = params as { format?: string; pattern?: string };
  const [example] = (parentSchema?.examples ?? []) as unknown[];
  return String(
    example ??
      { 'date-time': '2026-11-26T10:00:00+08:00', email: 'li@example.cn', date: '2026-11-26' }[
        format ?? ''
      ] ??
      format ??
      pattern,
  );
};
const toFault = (error: ErrorObject): FieldFault => {
  const parameters = error.params as Record<string, unknown>;
  const base = error.instancePath;
  switch (error.keyword) {
    case 'required':
      return { pointer: `${base}/${String(parameters.missingProperty)}`, code: 'REQUIRED' };
    case 'additionalProperties':
      return {
        pointer: `${base}/${String(parameters.additionalProperty).slice(0, 80)}`,
        code: 'UNKNOWN_FIELD',
      };
    case 'maxLength':
    case 'maxItems':
      return { pointer: base, code: 'TOO_LONG', values: parameters };
    case 'minLength':
    case 'minItems':
      return { pointer: base, code: parameters.limit === 1 ? 'REQUIRED' : 'TOO_SHORT', values: parameters };
    case 'maxProperties':
      return { pointer: base, code: 'OUT_OF_RANGE', values: { limit: `≤ ${String(parameters.limit)}` } };
    case 'minimum':
    case 'exclusiveMinimum':
      return { pointer: base, code: 'OUT_OF_RANGE', values: { limit: `≥ ${String(parameters.limit)}` } };
    case 'maximum':
      return { pointer: base, code: 'OUT_OF_RANGE', values: { limit: `≤ ${String(parameters.limit)}` } };
    case 'enum':
      return {
        pointer: base,
        code: 'NOT_LISTED',
        values: { allowed: (parameters.allowedValues as unknown[]).join(', ') },
      };
    case 'type':
      return { pointer: base, code: 'WRONG_TYPE', values: { expected: String(parameters.type) } };
    case 'format':
    case 'pattern':
      if (parameters.pattern === notBlank) return { pointer: base, code: 'REQUIRED' };
      if (parameters.pattern === emptyOrNotBlank) return { pointer: base, code: 'BLANK' };
      return { pointer: base, code: 'WRONG_FORMAT', values: { expected: exampleOf(error) } };
    default:
      return { pointer: base, code: 'INVALID' };
  }
};
const refuse = (found: ErrorObject[]): Problem => {
  const faults = found
    .filter(({ keyword }) => keyword !== 'anyOf' && keyword !== 'oneOf')
    // "Or nothing" is no remedy for what is there and wrong.
    .filter(
      ({ keyword, params, instancePath }, _, all) =>
        !(keyword === 'type' && params.type === 'null') ||
        !all.some((other) => other.instancePath === instancePath && other.params.type !== 'null'),
    )
    .slice(0, 50)
    .map(toFault);
  const unknown = faults.find(({ code }) => code === 'UNKNOWN_FIELD');
  return unknown
    ? new Problem('UNKNOWN_FIELD', { field: unknown.pointer.slice(1) }, faults)
    : new Problem('VALIDATION', {}, faults.length > 0 ? faults : [{ pointer: '', code: 'INVALID' }]);
};

/**
 * The version that a write rests on; undefined where none is told, or any will do (`*`). What is no version is
 * refused (BAD_REQUEST): taken for another number, it would be told as somebody else's change.
 */
const versionOf = (match: string | undefined): number | undefined => {
  if (match === undefined || match.trim() === '*') return undefined;
  const [, quoted, bare] = /^(?:W\/)?(?:"(\d{1,9})"|(\d{1,9}))$/.exec(match.trim()) ?? [];
  if (quoted === undefined && bare === undefined)
    throw new Problem('BAD_REQUEST', {
      reason: {
        zh: 'If-Match 应为所改对象的 version，例如 "3"',
        en: 'If-Match should be the version of what is changed, for example "3"',
      },
    });
  return Number(quoted ?? bare);
};

const compile = (schema: unknown, instance: Ajv) => {
  if (!schema) return undefined;
  // Compiled when it is first asked: all of them at each start were 150 ms and 20 MB.
  let validate: ValidateFunction | undefined;
  return (value: unknown) => {
    validate ??= instance.compile(schema as object);
    if (!validate(value)) throw refuse(validate.errors ?? []);
  };
};

/** The same check of the edge for what arrives in another form than one JSON body, a line of many for example. */
export const checkerOf = (schema: TSchema): ((value: unknown) => void) => {
  const check = compile(schema, exact)!;
  return (value) => {
    inspect(value, '', 0);
    check(value);
  };
};

export const localeOf = (request: FastifyRequest): Locale =>
  /^\s*en/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'zh-CN';

/** Headers of every answer of the application's origin. */
const commonHeaders = (secure: boolean): Record<string, string> => ({
  'content-security-policy':
    "default-src 'none'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; form-action 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(self)',
  ...(secure ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {}),
});

/** Says who calls, by cookie, bearer or visitor token; a token in the URL is never looked at. */
export const whoCalls = async (
  identify: Identify,
  headers: { authorization?: string; cookie?: string },
  cookies: Record<string, string | undefined>,
): Promise<{ actor?: Actor; by: 'cookie' | 'bearer' | 'visitor' | 'none' }> => {
  const [scheme = '', token = ''] = (headers.authorization ?? '').split(' ');
  if (/^bearer$/i.test(scheme))
    return { actor: token ? await identify.apiToken(token) : undefined, by: 'bearer' };
  if (/^visitor$/i.test(scheme))
    return { actor: token ? await identify.visitor(token) : undefined, by: 'visitor' };
  const session = cookies[sessionCookie.secure] ?? cookies[sessionCookie.plain];
  return session ? { actor: await identify.session(session), by: 'cookie' } : { by: 'none' };
};

const authorise = async (
  route: Route,
  request: FastifyRequest,
  identify: Identify,
  origins: ReadonlySet<string>,
): Promise<Actor> => {
  const { actor, by } = await whoCalls(identify, request.headers, request.cookies);
  const writes = route.method !== 'GET';
  // A browser says where a write comes from; a cookie that arrives from elsewhere, or from nowhere, is not the user's wish.
  if (writes && by === 'cookie' && !origins.has(request.headers.origin ?? '')) throw new Problem('CSRF');
  if (route.access === 'public') {
    // No other site signs a visitor in, or files a request in their name.
    const { origin } = request.headers;
    if (writes && origin !== undefined && !origins.has(origin)) throw new Problem('CSRF');
    return actor ?? anonymous;
  }
  if (!actor) throw new Problem('UNAUTHENTICATED');
  if (route.access === 'visitor') {
    if (actor.kind !== 'visitor') throw new Problem('UNAUTHENTICATED');
    return actor;
  }
  if (actor.kind === 'visitor') throw new Problem('UNAUTHENTICATED');
  if (route.access === 'signedIn' || route.access === 'channel') return actor;
  permit(actor, route.access);
  return actor;
};

export type HttpOptions = {
  centre: Centre;
  identify: Identify;
  limiter: Limiter;
  routes: readonly RouteHandler[];
  origins: ReadonlySet<string>;
  checkAnswers: boolean;
};

const register = (
  app: FastifyInstance,
  { route, handler }: RouteHandler,
  { centre, identify, limiter, origins, checkAnswers }: HttpOptions,
) => {
  const checkParams = compile(route.params, loose);
  const checkQuery = compile(
    route.query ?? { type: 'object', additionalProperties: false, properties: {} },
    loose,
  );
  const checkBody = route.consumes ? undefined : compile(route.body, exact);
  const checkAnswer = checkAnswers && route.response ? exact.compile(route.response as object) : undefined;
  app.route({
    method: route.method,
    url: `/api/v1${route.path}`,
    bodyLimit: route.bodyLimit ?? 1_048_576,
    exposeHeadRoute: false,
    config: { expected: route.consumes },
    // Before the body is read: a caller without right or over the limit costs no parsing.
    onRequest: async (request) => {
      const seconds = limiter.take(
        `${route.method} ${route.path}`,
        request.ip,
        route.ratePerMinute ?? 6000,
        centre.clock.now(),
      );
      if (seconds > 0) throw new Problem('RATE_LIMITED', { seconds });
      (request as { actor?: Actor }).actor = await authorise(route, request, identify, origins);
    },
    handler: async (request, reply) => {
      for (const value of Object.values((request.query ?? {}) as Record<string, unknown>))
        if (Array.isArray(value))
          throw new Problem('VALIDATION', {}, [
            { pointer: '/query', code: 'WRONG_TYPE', values: { expected: 'string' } },
          ]);
      inspect(request.query, '', 0);
      inspect(request.params, '', 0);
      // An id that cannot be one is simply not there.
      try {
        checkParams?.(request.params);
      } catch {
        throw new Problem('NOT_FOUND');
      }
      checkQuery?.(request.query);
      if (!route.consumes && request.body !== undefined) inspect(request.body, '', 0);
      if (checkBody) checkBody(request.body ?? {});
      const key = request.headers['idempotency-key'];
      if (typeof key === 'string' && (key.length > 255 || key.length === 0))
        throw new Problem('VALIDATION', {}, [
          { pointer: '/headers/Idempotency-Key', code: 'TOO_LONG', values: { limit: 255 } },
        ]);
      const result = await handler({
        params: request.params,
        query: request.query,
        body: route.consumes ? request.body : (request.body ?? {}),
        actor: (request as unknown as { actor: Actor }).actor,
        centre,
        locale: localeOf(request),
        ip: request.ip,
        requestId: request.id,
        idempotencyKey: typeof key === 'string' && route.method === 'POST' ? key : undefined,
        ifMatch: versionOf(request.headers['if-match']),
        request,
        reply,
      } as never);
      if (reply.sent) return reply;
      if (checkAnswer && !checkAnswer(result))
        throw new Error(
          `${route.method} ${route.path} answers outside its contract: ${JSON.stringify(checkAnswer.errors?.slice(0, 3))}`,
        );
      if (route.status && reply.statusCode === 200) reply.code(route.status);
      // A string is JSON made by PostgreSQL already.
      reply.type('application/json; charset=utf-8');
      return typeof result === 'string' ? result : JSON.stringify(result ?? { ok: true });
    },
  });
};

/** The media type that the route of a request reads. */
const expectedBy = ({ routeOptions }: FastifyRequest): string =>
  (routeOptions.config as { expected?: string }).expected ?? 'application/json';

/** The application: contracts registered, errors in one form, headers on every answer. Not listening yet. */
export const createHttp = async (options: HttpOptions): Promise<FastifyInstance> => {
  const { centre } = options;
  const secure = centre.config.publicUrl.startsWith('https:');
  const app = fastify({
    logger: false,
    // Behind a proxy the limits count the client that the proxy saw; a header that anybody else sends is not believed.
    trustProxy: centre.config.trustProxy.length > 0 ? centre.config.trustProxy : false,
    genReqId: () => centre.ids.secret(9),
    bodyLimit: 1_048_576,
    requestTimeout: 60_000,
    connectionTimeout: 0,
    routerOptions: { maxParamLength: 400 },
    forceCloseConnections: 'idle',
  });
  await app.register(cookie);
  await app.register(multipart, {
    limits: { fileSize: 26_214_400, files: 1, fields: 8, parts: 10, fieldSize: 10_000 },
  });
  app.removeContentTypeParser(['application/json', 'text/plain']);
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    if (body === '') return done(null, {});
    try {
      const value: unknown = JSON.parse(body as string, (key, inner) => {
        if (key === '__proto__')
          throw new Problem('BAD_REQUEST', { reason: { zh: '含有不允许的键', en: 'a key is not allowed' } });
        return inner;
      });
      done(null, value);
    } catch (error) {
      done(
        error instanceof Problem
          ? error
          : new Problem('BAD_REQUEST', { reason: { zh: '不是有效的 JSON', en: 'not valid JSON' } }),
      );
    }
  });
  app.addContentTypeParser(
    ['message/rfc822', 'application/octet-stream'],
    { parseAs: 'buffer' },
    (_request, body, done) => done(null, body),
  );
  app.addContentTypeParser(
    ['application/x-ndjson', 'application/ndjson', 'application/jsonl'],
    { parseAs: 'string' },
    (_request, body, done) => done(null, body),
  );
  const headers = commonHeaders(secure);
  app.addHook('onSend', async (request, reply) => {
    for (const [name, value] of Object.entries(headers))
      if (!reply.hasHeader(name)) reply.header(name, value);
    reply.header('x-request-id', request.id);
  });
  app.addHook('onResponse', async (request, reply) => {
    observeRequest(
      request.routeOptions.url ?? 'unmatched',
      request.method,
      reply.statusCode,
      reply.elapsedTime,
    );
    centre.log.debug(
      {
        method: request.method,
        route: request.routeOptions.url,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        requestId: request.id,
      },
      'request',
    );
  });
  const tell = (problem: Problem, request: FastifyRequest, reply: FastifyReply) => {
    if (typeof problem.values.seconds === 'number')
      reply.header('retry-after', String(problem.values.seconds));
    // The rest of an oversized body is not read: the connection ends.
    if (problem.code === 'TOO_LARGE') reply.header('connection', 'close');
    return reply
      .code(problem.status)
      .type('application/problem+json; charset=utf-8')
      .send(JSON.stringify(problemBody(problem, localeOf(request), request.id)));
  };
  app.setErrorHandler(
    (error: Error & { code?: string; detail?: string; statusCode?: number }, request, reply) => {
      if (error instanceof Problem) return tell(error, request, reply);
      if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE' || error.code === 'FST_REQ_FILE_TOO_LARGE') {
        reply.header('connection', 'close');
        return tell(
          new Problem('TOO_LARGE', {
            limit: `${Math.round((request.routeOptions.bodyLimit ?? 1_048_576) / 1_048_576)} MB`,
          }),
          request,
          reply,
        );
      }
      if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
        return tell(new Problem('UNSUPPORTED_TYPE', { expected: expectedBy(request) }), request, reply);
      if (error.code === '22P05' || error.code === '22021')
        return tell(
          new Problem('VALIDATION', {}, [{ pointer: '', code: 'CONTROL_CHARACTER' }]),
          request,
          reply,
        );
      // An id that names nothing any more, or never did: the database says which column, people are told which field.
      if (error.code === '23503') {
        const column = /^Key \((\w+)\)=.* is not present/.exec(error.detail ?? '')?.[1];
        return tell(
          column
            ? faulty(`/${column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())}`, 'NOT_THERE')
            : new Problem('CONFLICT', { reason: { zh: '它还被别处使用', en: 'It is still used elsewhere' } }),
          request,
          reply,
        );
      }
      if (error.statusCode && error.statusCode < 500)
        return tell(
          new Problem(error.statusCode === 415 ? 'UNSUPPORTED_TYPE' : 'BAD_REQUEST', {
            reason: { zh: '格式不正确', en: 'malformed' },
            expected: expectedBy(request),
          }),
          request,
          reply,
        );
      centre.log.error(
        { err: error, requestId: request.id, route: request.routeOptions.url },
        'a request failed',
      );
      return tell(new Problem('INTERNAL'), request, reply);
    },
  );
  app.setNotFoundHandler((request, reply) => tell(new Problem('NOT_FOUND'), request, reply));
  for (const entry of options.routes) register(app, entry, options);
  return app;
};
