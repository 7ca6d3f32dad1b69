import i18next from 'i18next';
import type { Problem } from '#ui/states.tsx';
import type { BodyOf, ParamsOf, QueryOf, ResponseOf, Route } from '#contracts/route.ts';

type Args<R extends Route> = {
  params?: ParamsOf<R>;
  query?: QueryOf<R>;
  /** A text goes as the type that the route consumes. */
  body?: BodyOf<R> | FormData | string;
  /** One key per intention: the same write sent twice has one effect. */
  idempotencyKey?: string;
  /** Version seen; a stale write is refused with STALE_VERSION. */
  ifMatch?: number;
  signal?: AbortSignal;
};
export type { Args as CallArgs };

/** An answer that is not success, as RFC 9457. Status 0 = the server was not reached. */
export class ApiProblem extends Error {
  readonly problem: Problem;
  /** Seconds to wait, from Retry-After. */
  readonly retryAfter: number | null;
  constructor(problem: Problem, retryAfter: number | null = null) {
    super([problem.title, problem.detail].filter(Boolean).join(' '));
    this.problem = problem;
    this.retryAfter = retryAfter;
  }
}

/** Any thrown thing as something a person can read. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ApiProblem) return error.problem;
  return { status: 0, code: 'CLIENT', title: i18next.t('error.client'), detail: String(error) };
}

/** Calls a route of the contract; answers its response or throws ApiProblem. */
export async function call<R extends Route>(route: R, args: Args<R> = {}): Promise<ResponseOf<R>> {
  const asItIs =
    args.body instanceof FormData || (route.consumes !== undefined && typeof args.body === 'string');
  const type = args.body instanceof FormData ? undefined : (route.consumes ?? 'application/json');
  const response = await fetch(`/api/v1${address(route.path, args.params, args.query)}`, {
    method: route.method,
    signal: args.signal,
    body: asItIs
      ? (args.body as FormData | string)
      : args.body === undefined
        ? undefined
        : JSON.stringify(args.body),
    headers: {
      'accept-language': i18next.language,
      ...(args.body !== undefined && type ? { 'content-type': type } : {}),
      ...(args.idempotencyKey ? { 'idempotency-key': args.idempotencyKey } : {}),
      ...(args.ifMatch === undefined ? {} : { 'if-match': `"${args.ifMatch}"` }),
    },
  }).catch((error: unknown) => {
    if (args.signal?.aborted) throw error;
    throw new ApiProblem({
      status: 0,
      code: 'NETWORK',
      title: i18next.t('error.network'),
      detail: i18next.t('error.networkNext'),
    });
  });
  if (response.ok) return (response.status === 204 ? undefined : await response.json()) as ResponseOf<R>;
  throw new ApiProblem(await readProblem(response), Number(response.headers.get('retry-after')) || null);
}

async function readProblem(response: Response): Promise<Problem> {
  const said = (await response.json().catch(() => ({}))) as Partial<Problem>;
  return {
    ...said,
    status: response.status,
    code: said.code ?? `HTTP_${response.status}`,
    title: said.title ?? i18next.t('error.server'),
  };
}

function address(path: string, params: unknown, query: unknown): string {
  const values = (params ?? {}) as Record<string, string>;
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
  const pairs = Object.entries((query ?? {}) as Record<string, unknown>)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => [name, String(value)]);
  return pairs.length > 0 ? `${filled}?${new URLSearchParams(pairs)}` : filled;
}
