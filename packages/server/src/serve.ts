/** Puts a centre on the network: API, screens, sockets, health; the files origin on a listener of its own. */
import path from 'node:path';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Built } from './centre.ts';
import { openApi } from './openapi.ts';
import { docsPage, errorsPage } from './docs-page.ts';
import { visitorByToken } from '#modules/conversations/index.ts';
import { createHttp, whoCalls } from '#kernel/http.ts';
import type { Identify } from '#kernel/http.ts';
import { createLimiter } from '#kernel/limiter.ts';
import { registry } from '#kernel/metrics.ts';
import { sql } from '#kernel/sql.ts';
import { createFilesOrigin } from './files-origin.ts';

const packages = new URL('../../', import.meta.url).pathname;

/** The screens' policy: nothing inline, nothing foreign; sockets and files by name. */
const screenPolicy = (filesUrl: string, frameAncestors: string, frames = '') =>
  `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob: ${filesUrl}; font-src 'self'; media-src ${filesUrl}; connect-src 'self'; frame-src ${filesUrl}${frames}; manifest-src 'self'; base-uri 'none'; object-src 'none'; form-action 'none'; frame-ancestors ${frameAncestors}; require-trusted-types-for 'script'; trusted-types 'allow-duplicates' default zhike`;

const screens = [
  { name: 'desk', at: '/desk/', ancestors: "'none'" },
  { name: 'portal', at: '/portal/', ancestors: "'none'" },
  { name: 'widget', at: '/widget/', ancestors: '*' },
] as const;

const serveScreens = async (app: FastifyInstance, filesUrl: string) => {
  let first = true;
  for (const { name, at, ancestors } of screens) {
    const root = path.join(packages, name, 'dist');
    if (!existsSync(root)) continue;
    // The portal and the example site show our own chat frame.
    const policy = screenPolicy(filesUrl, ancestors, name === 'desk' ? '' : " 'self'");
    await app.register(fastifyStatic, {
      root,
      prefix: at,
      decorateReply: first,
      index: ['index.html'],
      wildcard: false,
      redirect: false,
      preCompressed: true,
      setHeaders: (reply, file) => {
        reply.header('content-security-policy', policy);
        if (name === 'widget') {
          reply.header('cross-origin-resource-policy', 'cross-origin');
          reply.header('cross-origin-opener-policy', 'unsafe-none');
        }
        reply.header(
          'cache-control',
          /\/assets\//.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache',
        );
      },
    });
    first = false;
    if (name === 'widget') continue;
    // Addresses inside a screen are its own business: any of them opens the same page.
    const html = await readFile(path.join(root, 'index.html'));
    const open = (request: FastifyRequest, reply: FastifyReply) =>
      /\.\w+$/.test(request.url.split('?')[0]!)
        ? reply.callNotFound()
        : reply
            .header('content-security-policy', policy)
            .header('cache-control', 'no-cache')
            .type('text/html; charset=utf-8')
            .send(html);
    for (const url of [at.slice(0, -1), `${at}*`]) app.get(url, open);
    if (name === 'portal')
      for (const url of ['/s/:token', '/o/:token'])
        app.get(url, (_request, reply) =>
          reply
            .header('content-security-policy', policy)
            .header('cache-control', 'no-store')
            .type('text/html; charset=utf-8')
            .send(html),
        );
  }
};

const once = <V>(make: () => V): (() => V) => {
  let made: V | undefined;
  return () => (made ??= make());
};

const isReady = async (centre: Built) => {
  const problems: string[] = [];
  await centre.db.one(sql`select 1 as one`).catch(() => problems.push('database'));
  return problems;
};

export type Serving = {
  app: FastifyInstance;
  address: string;
  filesAddress: string | null;
  close(): Promise<void>;
};

/** Listens and starts what the role asks for: web = HTTP and sockets, worker = wakes and reactions. */
export const serve = async (
  centre: Built,
  { checkAnswers = false, limiterFactor = 1 }: { checkAnswers?: boolean; limiterFactor?: number } = {},
): Promise<Serving> => {
  const { config } = centre;
  const identify: Identify = {
    session: centre.trust.session,
    apiToken: centre.trust.apiToken,
    visitor: (token) => visitorByToken(centre, token),
  };
  const origins = new Set([new URL(config.publicUrl).origin]);
  if (['127.0.0.1', 'localhost'].includes(config.host))
    for (const host of ['127.0.0.1', 'localhost']) origins.add(`http://${host}:${config.port}`);
  const routes = centre.parts.flatMap((part) => part.routes ?? []);
  const app = await createHttp({
    centre,
    identify,
    limiter: createLimiter(limiterFactor),
    routes,
    origins,
    checkAnswers,
  });

  // Written when somebody reads it.
  const contracts = routes.map(({ route }) => route);
  const document = once(() => JSON.stringify(openApi(contracts, config.publicUrl)));
  const page = once(() => docsPage(contracts));
  app.get('/openapi.json', (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(document()),
  );
  const pagePolicy =
    "default-src 'none'; style-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; form-action 'none'";
  app.get('/docs', (_request, reply) =>
    reply.header('content-security-policy', pagePolicy).type('text/html; charset=utf-8').send(page().html),
  );
  app.get('/docs/errors', (_request, reply) =>
    reply.header('content-security-policy', pagePolicy).type('text/html; charset=utf-8').send(errorsPage()),
  );
  app.get('/docs/docs.css', (_request, reply) => reply.type('text/css; charset=utf-8').send(page().css));
  app.get('/live', (_request, reply) => reply.type('application/json').send('{"ok":true}'));
  app.get('/ready', async (_request, reply) => {
    const problems = await isReady(centre);
    return reply
      .code(problems.length === 0 ? 200 : 503)
      .type('application/json')
      .send(JSON.stringify({ ready: problems.length === 0, problems }));
  });
  app.get('/metrics', async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
  app.get('/', (_request, reply) => reply.redirect('/desk/'));
  await serveScreens(app, config.filesUrl);

  if (config.role !== 'worker') {
    centre.bus.attach(app.server, async (request) => {
      const origin = request.headers.origin;
      const cookies = Object.fromEntries(
        (request.headers.cookie ?? '').split(/;\s*/).map((pair) => pair.split('=') as [string, string]),
      );
      const offered = (request.headers['sec-websocket-protocol'] ?? '').split(/,\s*/);
      const visitorToken = offered.find((protocol) => protocol.startsWith('visitor.'))?.slice(8);
      if (visitorToken) return (await identify.visitor(visitorToken)) ?? 401;
      if (origin !== undefined && !origins.has(origin)) return 403;
      const { actor, by } = await whoCalls(identify, request.headers, cookies);
      if (by === 'cookie' && origin === undefined) return 403;
      return actor && actor.kind !== 'visitor' ? actor : 401;
    });
    await centre.bus.start();
    // What a person may do has changed somewhere: nobody is believed for another two seconds.
    centre.bus.heard(({ type }) => {
      if (type === 'user.access_changed' || type === 'user.signed_out' || type === 'role.changed')
        centre.trust.forget();
    });
  }
  const address = await app.listen({ host: config.host, port: config.port });
  const files = config.role !== 'worker' ? await createFilesOrigin(centre) : undefined;
  const filesAddress = files ? await files.listen({ host: config.host, port: config.filesPort }) : null;
  const stops: (() => Promise<void>)[] = [];
  if (config.role !== 'web') {
    centre.deliveries.start();
    centre.due.start();
  }
  for (const part of centre.parts) {
    const stop = await part.start?.(centre, config.role);
    if (stop) stops.push(stop);
  }
  return {
    app,
    address,
    filesAddress,
    close: async () => {
      for (const stop of stops.toReversed()) await stop();
      await centre.due.stop();
      await centre.deliveries.stop();
      await centre.bus.stop();
      // A connection that was busy when closing began goes idle later; it would hold the end for its keep-alive time.
      const drain = setInterval(() => {
        app.server.closeIdleConnections();
        files?.server.closeIdleConnections();
      }, 50);
      await Promise.all([app.close(), files?.close()]);
      clearInterval(drain);
    },
  };
};
