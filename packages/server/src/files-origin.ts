/**
 * The second listener. Everything that came from outside and is shown to people is served from here: another origin
 * than the desk's, without cookies, every answer sandboxed. A link is all the right there is (`modules/files/links.ts`).
 */
import { fastify } from 'fastify';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { createCage } from '#kernel/cage.ts';
import type { Config } from '#kernel/config.ts';
import { sql } from '#kernel/sql.ts';
import { fileSubject, fileUrl, htmlSubject, htmlUrl, isValid } from '#modules/files/links.ts';
import { contentDisposition, shownTypes } from '#modules/files/names.ts';
import { pageOf, sanitise, wantsRemote } from '#modules/files/sanitise.ts';
import type { SanitiseInput } from '#modules/files/sanitise.ts';
import type { Built } from './centre.ts';

export { fileUrl, htmlUrl } from '#modules/files/links.ts';

type StoredFile = { id: string; name: string; mime: string; size: number; storage_key: string };
type FileParams = { id: string; expires: string; signature: string; name: string };
type HtmlParams = { messageId: string; expires: string; signature: string };

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Above this the filter works in a thread of its own. */
const inlineHtmlBytes = 32_768;

const commonHeaders = {
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'cross-origin',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex',
};

/** One answer for unknown, expired, edited and not yet uploaded: nothing can be learnt by trying. */
const missing = (reply: FastifyReply) =>
  reply
    .code(404)
    .header('cache-control', 'no-store')
    .header('content-security-policy', "sandbox; default-src 'none'")
    .type('text/plain; charset=utf-8')
    .send(
      '链接无效或已过期，请回到页面重新打开。\nThis link is not valid or has expired. Open it again from its page.\n',
    );

/** Pages that may show a mail in a frame: the desk, under either name of this machine. */
const framers = ({ publicUrl, host, port }: Config): string =>
  [
    publicUrl,
    ...(['127.0.0.1', 'localhost'].includes(host)
      ? [`http://127.0.0.1:${port}`, `http://localhost:${port}`]
      : []),
  ].join(' ');

const htmlPolicy = (config: Config, remote: boolean): string =>
  `sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src data: ${config.filesUrl}${remote ? ' https: http:' : ''}; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors ${framers(config)}`;

/** The listener, not listening yet; `serve.ts` decides where. */
export const createFilesOrigin = async (centre: Built): Promise<FastifyInstance> => {
  const { config, db } = centre;
  const app = fastify({
    logger: false,
    bodyLimit: 1024,
    requestTimeout: 60_000,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 400 },
    forceCloseConnections: 'idle',
  });
  const filter = createCage<SanitiseInput, string>(
    new URL('./modules/files/sanitise-worker.ts', import.meta.url),
    { memoryMb: 256, timeMs: 15_000 },
  );
  app.addHook('onClose', () => filter.close());
  app.addHook('onSend', async (_request, reply) => {
    for (const [name, value] of Object.entries(commonHeaders)) reply.header(name, value);
  });
  app.setNotFoundHandler((_request, reply) => missing(reply));
  app.setErrorHandler((error: Error, request, reply) => {
    centre.log.warn({ err: error, route: request.routeOptions.url }, 'the files origin could not answer');
    return missing(reply);
  });

  app.get<{ Params: FileParams }>('/f/:id/:expires/:signature/:name', async ({ params }, reply) => {
    const { id, expires, signature } = params;
    if (!uuid.test(id) || !isValid(config.secret, fileSubject(id), expires, signature, centre.clock.now()))
      return missing(reply);
    const file = await db.maybe(
      sql<StoredFile>`select id, name, mime, size, storage_key from file where id = ${id}::uuid`,
    );
    if (!file) return missing(reply);
    const { stream, size } = await centre.files.get(file.storage_key);
    const shown = shownTypes.has(file.mime);
    return reply
      .header('content-security-policy', "sandbox; default-src 'none'")
      .header('content-disposition', contentDisposition(shown ? 'inline' : 'attachment', file.name))
      .header('content-length', size)
      .header('cache-control', 'private, max-age=600')
      .type(shown ? file.mime : downloadType(file.mime))
      .send(stream);
  });

  app.get<{ Params: HtmlParams; Querystring: { remote?: string } }>(
    '/m/:messageId/:expires/:signature',
    async ({ params, query }, reply) => {
      const { messageId, expires, signature } = params;
      const remote = query.remote === '1';
      const now = centre.clock.now();
      if (
        !uuid.test(messageId) ||
        !isValid(config.secret, htmlSubject(messageId, remote), expires, signature, now)
      )
        return missing(reply);
      const message = await db.maybe(
        sql<{ html: string }>`select html from message where id = ${messageId}::uuid and html is not null`,
      );
      if (!message) return missing(reply);
      const pictures = await db.all(
        sql<{
          id: string;
          name: string;
          content_id: string;
        }>`select id, name, content_id from file where message_id = ${messageId}::uuid and content_id is not null`,
      );
      const input = {
        html: message.html,
        remote,
        embedded: Object.fromEntries(pictures.map((file) => [file.content_id, fileUrl(config, file, now)])),
      };
      const clean = input.html.length > inlineHtmlBytes ? await filter.run(input) : sanitise(input);
      return reply
        .header('content-security-policy', htmlPolicy(config, remote))
        .header('cache-control', 'no-store')
        .type('text/html; charset=utf-8')
        .send(
          pageOf(
            clean,
            !remote && wantsRemote(message.html) ? htmlUrl(config, messageId, now, { remote: true }) : null,
          ),
        );
    },
  );
  return app;
};

/** A download keeps its type for the saving program; what a browser could run is bytes. */
const downloadType = (mime: string): string =>
  /html|xml|svg|javascript|ecmascript|xsl/i.test(mime) && !mime.startsWith('application/vnd.')
    ? 'application/octet-stream'
    : mime;
