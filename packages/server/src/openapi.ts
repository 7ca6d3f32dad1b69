/** OpenAPI 3.1 from the contracts: the schemas are JSON Schema already, so nothing is described twice. */
import { errors } from '#contracts/errors.ts';
import type { ErrorCode } from '#contracts/errors.ts';
import type { Route } from '#contracts/route.ts';
import { permissions } from '#contracts/permissions.ts';
import type { Permission } from '#contracts/permissions.ts';

type Schema = { properties?: Record<string, object>; required?: string[] };
const general: ErrorCode[] = [
  'BAD_REQUEST',
  'VALIDATION',
  'UNKNOWN_FIELD',
  'RATE_LIMITED',
  'DEPENDENCY_UNAVAILABLE',
  'INTERNAL',
];
const accessText = (route: Route) => {
  if (route.access in permissions)
    return `权限 permission \`${route.access}\` (${permissions[route.access as Permission].zh})`;
  return {
    signedIn: '已登录 signed in',
    visitor: '访客 visitor session',
    public: '公开 public',
    channel: '渠道 channel',
  }[route.access as 'public'];
};
const parameters = (schema: Schema | undefined, where: 'path' | 'query') =>
  Object.entries(schema?.properties ?? {}).map(([name, value]) => ({
    name,
    in: where,
    required: where === 'path' || (schema?.required ?? []).includes(name),
    schema: value,
  }));

const operation = (route: Route) => {
  const codes = [
    ...new Set<ErrorCode>([
      ...general,
      ...(route.access === 'public' ? [] : (['UNAUTHENTICATED', 'FORBIDDEN'] as const)),
      ...(route.params ? (['NOT_FOUND'] as const) : []),
      ...(route.errors ?? []),
    ]),
  ];
  const byStatus = Map.groupBy(codes, (code) => errors[code].status);
  return {
    summary: route.summary,
    tags: [route.tag],
    description: accessText(route),
    operationId: `${route.method.toLowerCase()}${route.path.replace(/[/:](\w)/g, (_, c: string) => c.toUpperCase()).replace(/\W/g, '')}`,
    security:
      route.access === 'public'
        ? []
        : route.access === 'visitor'
          ? [{ visitor: [] }]
          : [{ bearer: [] }, { session: [] }],
    parameters: [
      ...parameters(route.params as Schema, 'path'),
      ...parameters(route.query as Schema, 'query'),
      ...(route.method === 'POST'
        ? [
            {
              name: 'Idempotency-Key',
              in: 'header',
              required: false,
              schema: { type: 'string', maxLength: 255 },
            },
          ]
        : []),
      ...(route.method === 'PATCH'
        ? [
            {
              name: 'If-Match',
              in: 'header',
              required: false,
              schema: { type: 'string', examples: ['"3"'] },
              description: '`version` of the object; `*` or none: whatever it is now',
            },
          ]
        : []),
    ],
    ...(route.body || route.consumes
      ? {
          requestBody: {
            required: true,
            content: {
              [route.consumes ?? 'application/json']: {
                schema: route.body ?? { type: 'string', contentEncoding: 'binary' },
              },
            },
          },
        }
      : {}),
    responses: {
      [String(route.status ?? 200)]: {
        description: 'OK',
        content: { [route.produces ?? 'application/json']: { schema: route.response ?? { type: 'string' } } },
      },
      ...Object.fromEntries(
        [...byStatus].map(([status, list]) => [
          String(status),
          {
            description: list
              .map((code) => `\`${code}\` ${errors[code].zh[0]} ${errors[code].en[0]}`)
              .join(' · '),
            content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
          },
        ]),
      ),
    },
  };
};

const told = (summary: string, status: string, type: string, schema: object, more: object = {}) => ({
  get: {
    summary,
    tags: ['system'],
    operationId: `get${summary.split(':')[0]!.split(' ')[0]}`,
    security: [],
    responses: { [status]: { description: summary, content: { [type]: { schema } } }, ...more },
  },
});
const ready = {
  type: 'object',
  required: ['ready', 'problems'],
  properties: { ready: { type: 'boolean' }, problems: { type: 'array', items: { type: 'string' } } },
};
/** What stands beside the interface itself: for those who watch over the process, and the socket of the pages. */
const system = {
  '/live': told('Live: the process answers.', '200', 'application/json', {
    type: 'object',
    required: ['ok'],
    properties: { ok: { const: true } },
  }),
  '/ready': told('Ready: the database answers too.', '200', 'application/json', ready, {
    '503': { description: 'Not ready, and why.', content: { 'application/json': { schema: ready } } },
  }),
  '/metrics': told('Metrics for Prometheus.', '200', 'text/plain', { type: 'string' }),
  '/realtime': {
    get: {
      summary: 'One socket per page; every push carries `position`, and `after` asks for what was missed.',
      tags: ['system'],
      operationId: 'getRealtime',
      security: [{ bearer: [] }, { session: [] }, { visitor: [] }],
      parameters: [{ name: 'after', in: 'query', required: false, schema: { type: 'integer', minimum: 0 } }],
      responses: {
        '101': { description: 'The connection is a WebSocket now.' },
        '401': { description: 'Nobody is signed in.' },
        '403': { description: 'The page is of another origin.' },
      },
    },
  },
};

/** The whole document. */
export const openApi = (routes: readonly Route[], server: string) => {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes)
    (paths[`/api/v1${route.path.replace(/:(\w+)/g, '{$1}')}`] ??= {})[route.method.toLowerCase()] =
      operation(route);
  return {
    openapi: '3.1.0',
    info: {
      title: '知客 Zhike',
      version: '1',
      description: '客服中心接口。错误按 RFC 9457；列表用游标；POST 支持 Idempotency-Key;PATCH 用 If-Match。',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: server }],
    paths: { ...paths, ...system },
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: '__Host-zhike' },
        visitor: { type: 'http', scheme: 'visitor' },
      },
      schemas: {
        Problem: {
          type: 'object',
          required: ['type', 'title', 'status', 'code', 'detail', 'requestId'],
          properties: {
            type: { type: 'string' },
            title: { type: 'string' },
            status: { type: 'integer' },
            code: { type: 'string', enum: Object.keys(errors) },
            detail: { type: 'string' },
            requestId: { type: 'string' },
            errors: {
              type: 'array',
              items: {
                type: 'object',
                required: ['pointer', 'code', 'message'],
                properties: {
                  pointer: { type: 'string' },
                  code: { type: 'string' },
                  message: { type: 'string' },
                },
              },
            },
          },
        },
      },
    },
  };
};
