/** A caller for the security cases: bearer, cookie, visitor or nobody; answers with status, body and headers. */
export type Answer = { status: number; body: any; headers: Headers; text: string }; // oxlint-disable-line typescript/no-explicit-any -- answers of every shape are looked into

export type Caller = (
  method: string,
  path: string,
  options?: { body?: unknown; raw?: string; headers?: Record<string, string> },
) => Promise<Answer>;

export const caller =
  (base: string, given: Record<string, string> = {}): Caller =>
  async (method, path, { body, raw, headers } = {}) => {
    const response = await fetch(
      path.startsWith('http')
        ? path
        : `${base}${path.startsWith('/api') || path === '/' || path === '/portal/' || /^\/(docs|desk|widget\/(frame|demo|loader|assets)|openapi|live|ready|metrics)/.test(path) ? '' : '/api/v1'}${path}`,
      {
        method,
        redirect: 'manual',
        headers: {
          ...(body !== undefined || raw !== undefined ? { 'content-type': 'application/json' } : {}),
          ...given,
          ...headers,
        },
        body: raw ?? (body === undefined ? undefined : JSON.stringify(body)),
      },
    );
    const text = await response.text();
    let parsed: unknown;
    try {
      parsed = JSON.parse(text);
    } catch {
      parsed = text;
    }
    return { status: response.status, body: parsed, headers: response.headers, text } as Answer;
  };
