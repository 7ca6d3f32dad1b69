/** Knocks at a door over HTTP and reads the refusal in the catalogue's form. */
import http from 'node:http';

export type Knock = { status: number; body: Record<string, unknown>; code?: string; faults?: string[] };

const read = (status: number, text: string): Knock => {
  const body = (text ? JSON.parse(text) : {}) as Record<string, unknown>;
  const errors = body.errors as { code: string }[] | undefined;
  return { status, body, code: body.code as string | undefined, faults: errors?.map(({ code }) => code) };
};

export const post = async (
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Knock> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body),
  });
  return read(response.status, await response.text());
};

/** Announces a body of that size and sends only its beginning: a door that reads the announcement answers at once. */
export const announce = (url: string, size: number, headers: Record<string, string>): Promise<Knock> =>
  new Promise((resolve, reject) => {
    const request = http.request(
      url,
      { method: 'POST', headers: { ...headers, 'content-length': size } },
      (response) => {
        const chunks: Buffer[] = [];
        response
          .on('data', (chunk: Buffer) => chunks.push(chunk))
          .on('end', () => {
            resolve(read(response.statusCode!, Buffer.concat(chunks).toString()));
            request.destroy();
          });
      },
    );
    request.on('error', reject);
    request.write('From: a@b.test\r\n\r\n');
  });
