/**
 * The one HTTP client for addresses that people typed. The address is checked when the connection is made, on what
 * the name resolved to in that moment, so that a name that changes its mind (DNS rebinding) gains nothing. No
 * redirects, ceilings of bytes and time, few connections per destination, nothing of ours (cookies, proxies) sent.
 */
import dns from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import type { BlockList, LookupFunction } from 'node:net';
import { mayReach, networks } from './addresses.ts';

export type OutboundCause =
  | 'url'
  | 'forbidden_address'
  | 'dns'
  | 'connect'
  | 'time'
  | 'too_large'
  | 'redirect'
  | 'busy';
export class OutboundError extends Error {
  readonly reason: OutboundCause;
  constructor(reason: OutboundCause, message: string) {
    super(message);
    this.reason = reason;
  }
}

export type OutboundRequest = {
  method?: 'GET' | 'POST' | 'PUT';
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** For all of it, ms. */ timeMs?: number;
  /** Of the answer. */ maxBytes?: number;
};
export type OutboundAnswer = { status: number; headers: http.IncomingHttpHeaders; body: Buffer };
export type Outbound = {
  request(url: string, request?: OutboundRequest): Promise<OutboundAnswer>;
  close(): void;
};
export type OutboundOptions = {
  /** Ranges inside our own network that may be reached all the same, such as `10.2.0.0/16`. */
  except?: readonly string[];
  /** Requests at once to one host and port; more wait their turn, at most `mostWaiting`. */
  perDestination?: number;
  mostWaiting?: number;
  /** For tests: another resolver. */
  resolve?: (host: string) => Promise<readonly { address: string; family: number }[]>;
};

const limits = { timeMs: 10_000, maxBytes: 1_048_576, perDestination: 4, mostWaiting: 100 };

const parse = (text: string): URL => {
  if (!URL.canParse(text)) throw new OutboundError('url', 'not an address');
  const url = new URL(text);
  if (!['http:', 'https:'].includes(url.protocol))
    throw new OutboundError('url', `the scheme ${url.protocol} is not http or https`);
  if (url.username || url.password)
    throw new OutboundError('url', 'an address with a password in it is not taken');
  return url;
};

const ask = async (host: string) => dns.promises.lookup(host, { all: true, verbatim: true });

/** A `lookup` that answers only addresses we may reach; refuses the name when any of its addresses is inside. */
const guardedLookup =
  (except: BlockList, resolve: NonNullable<OutboundOptions['resolve']>): LookupFunction =>
  (host, options, callback) => {
    resolve(host).then(
      (found) => {
        if (found.length === 0)
          return callback(new OutboundError('dns', `${host} has no address`) as NodeJS.ErrnoException, '', 4);
        const inner = found.find(({ address }) => !mayReach(address, except));
        if (inner)
          return callback(
            new OutboundError(
              'forbidden_address',
              `${host} leads into a network that is not public`,
            ) as NodeJS.ErrnoException,
            '',
            4,
          );
        if (options.all)
          return (
            callback as unknown as (
              error: null,
              addresses: readonly { address: string; family: number }[],
            ) => void
          )(null, found);
        return callback(null, found[0]!.address, found[0]!.family);
      },
      (error: Error) => callback(new OutboundError('dns', error.message) as NodeJS.ErrnoException, '', 4),
    );
  };

export const createOutbound = ({
  except: ranges = [],
  perDestination = limits.perDestination,
  mostWaiting = limits.mostWaiting,
  resolve = ask,
}: OutboundOptions = {}): Outbound => {
  const except = networks(ranges);
  const lookup = guardedLookup(except, resolve);
  const agents = {
    'http:': new http.Agent({ keepAlive: false, maxSockets: perDestination }),
    'https:': new https.Agent({ keepAlive: false, maxSockets: perDestination }),
  };
  const busy = new Map<string, { running: number; waiting: (() => void)[] }>();

  /** A turn at a destination; one slow receiver cannot hold the others. */
  const turn = async (destination: string): Promise<() => void> => {
    const place = busy.get(destination) ?? { running: 0, waiting: [] };
    busy.set(destination, place);
    if (place.running >= perDestination) {
      if (place.waiting.length >= mostWaiting)
        throw new OutboundError('busy', `too many requests wait for ${destination}`);
      await new Promise<void>((go) => place.waiting.push(go));
    } else place.running += 1;
    return () => {
      const next = place.waiting.shift();
      if (next) return next();
      place.running -= 1;
      if (place.running === 0) busy.delete(destination);
    };
  };

  const exchange = (
    url: URL,
    {
      method = 'GET',
      headers = {},
      body,
      timeMs = limits.timeMs,
      maxBytes = limits.maxBytes,
    }: OutboundRequest,
  ): Promise<OutboundAnswer> =>
    new Promise((done, fail) => {
      const host = url.hostname.replace(/^\[|\]$/g, '');
      // A bare address never passes `lookup`.
      if (isIP(host) !== 0 && !mayReach(host, except))
        return fail(new OutboundError('forbidden_address', `${host} is in a network that is not public`));
      const protocol = url.protocol as 'http:' | 'https:';
      const request = (protocol === 'https:' ? https : http).request(url, {
        method,
        headers: { ...headers, 'accept-encoding': 'identity' },
        agent: agents[protocol],
        lookup,
      });
      const clock = setTimeout(
        () => request.destroy(new OutboundError('time', `no complete answer within ${timeMs} ms`)),
        timeMs,
      );
      const end = (error: Error) => {
        clearTimeout(clock);
        fail(error instanceof OutboundError ? error : new OutboundError('connect', error.message));
      };
      request.on('error', (error: Error & { errors?: Error[] }) =>
        end(error.errors?.find((each) => each instanceof OutboundError) ?? error),
      );
      request.on('response', (response) => {
        const status = response.statusCode ?? 0;
        if (status >= 300 && status < 400)
          return request.destroy(
            new OutboundError('redirect', `answered ${status}; redirects are not followed`),
          );
        const chunks: Buffer[] = [];
        let size = 0;
        response.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size > maxBytes)
            return request.destroy(
              new OutboundError('too_large', `the answer is larger than ${maxBytes} bytes`),
            );
          chunks.push(chunk);
        });
        response.on('error', end);
        response.on('end', () => {
          clearTimeout(clock);
          done({ status, headers: response.headers, body: Buffer.concat(chunks) });
        });
      });
      request.end(body);
    });

  return {
    request: async (text, request = {}) => {
      const url = parse(text);
      const release = await turn(url.host);
      try {
        return await exchange(url, request);
      } finally {
        release();
      }
    },
    close: () => {
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
};
