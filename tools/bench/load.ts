/** A closed loop of keep-alive requests: `concurrency` callers, each sends its next when the last is answered. */
import http from 'node:http';

export type Measured = { perSecond: number; p50: number; p99: number; count: number; errors: number };
export type Ask = { method: string; path: string; body?: string };

export const percentile = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

export const run = async ({
  base,
  token,
  concurrency,
  seconds,
  ask,
}: {
  base: string;
  token: string;
  concurrency: number;
  seconds: number;
  ask: (n: number) => Ask;
}): Promise<Measured> => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: concurrency });
  const times: number[] = [];
  let errors = 0;
  let n = 0;
  const until = performance.now() + seconds * 1000;
  const one = ({ method, path, body }: Ask) =>
    new Promise<void>((resolve) => {
      const begun = performance.now();
      const request = http.request(
        `${base}${path}`,
        {
          agent,
          method,
          headers: {
            authorization: `Bearer ${token}`,
            ...(body
              ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
              : {}),
          },
        },
        (response) => {
          response.resume();
          response.on('end', () => {
            times.push(performance.now() - begun);
            if (response.statusCode! >= 400) errors += 1;
            resolve();
          });
        },
      );
      request.on('error', () => {
        errors += 1;
        resolve();
      });
      request.end(body);
    });
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (performance.now() < until) await one(ask(n++));
    }),
  );
  const spent = (performance.now() - begun) / 1000;
  agent.destroy();
  times.sort((a, b) => a - b);
  return {
    perSecond: times.length / spent,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    count: times.length,
    errors,
  };
};

/** The same for work straight against PostgreSQL. */
export const runDirect = async (
  concurrency: number,
  seconds: number,
  work: (n: number) => Promise<unknown>,
): Promise<Measured> => {
  const times: number[] = [];
  let n = 0;
  const begun = performance.now();
  const until = begun + seconds * 1000;
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (performance.now() < until) {
        const from = performance.now();
        await work(n++);
        times.push(performance.now() - from);
      }
    }),
  );
  const spent = (performance.now() - begun) / 1000;
  times.sort((a, b) => a - b);
  return {
    perSecond: times.length / spent,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    count: times.length,
    errors: 0,
  };
};
