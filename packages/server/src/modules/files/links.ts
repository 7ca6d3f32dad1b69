/**
 * Signed links of the files origin. A link is the right to read one thing for at most 15 minutes; whoever hands it
 * out has checked the reader. The key is derived from the centre's secret, so nothing has to be stored.
 */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

type Keys = { secret: string; filesUrl: string };

export const linkMs = 900_000;
/** Links of the same five minutes are the same link, so that a list shown twice is fetched once. */
const stepMs = 300_000;

const derived = new Map<string, Buffer>();
const keyOf = (secret: string): Buffer => {
  let key = derived.get(secret);
  if (!key)
    derived.set(secret, (key = Buffer.from(hkdfSync('sha256', secret, '', 'zhike files origin', 32))));
  return key;
};

const sign = (secret: string, what: string): string =>
  createHmac('sha256', keyOf(secret)).update(what).digest('base64url');

/** Epoch seconds at which a link made now stops: 10 to 15 minutes ahead. */
export const expiryOf = (now: number): number => (Math.floor(now / stepMs) * stepMs + linkMs) / 1000;

/** Constant in time for any signature of the right length; false for expired ones and for ones further ahead than we give. */
export const isValid = (
  secret: string,
  what: string,
  expires: string,
  signature: string,
  now: number,
): boolean => {
  const given = Buffer.from(signature, 'base64url');
  const right = Buffer.from(sign(secret, `${what}:${expires}`), 'base64url');
  const same = given.length === right.length && timingSafeEqual(given, right);
  const at = Number(expires) * 1000;
  return same && at > now && at <= now + linkMs;
};

/** The last part of the address is for people and download managers; the row decides the name. */
const labelOf = (name: string): string =>
  encodeURIComponent(name.replace(/[/\\]/g, '_').slice(0, 80)).replace(/'/g, '%27') || 'file';

export const fileSubject = (id: string): string => `file:${id}`;
export const htmlSubject = (messageId: string, remote: boolean): string =>
  `html:${messageId}:${remote ? 'remote' : 'local'}`;

/** Address of an attachment, valid up to 15 minutes. */
export const fileUrl = (
  { secret, filesUrl }: Keys,
  file: { id: string; name: string; mime?: string; size?: number },
  now: number,
): string => {
  const expires = expiryOf(now);
  return `${filesUrl}/f/${file.id}/${expires}/${sign(secret, `${fileSubject(file.id)}:${expires}`)}/${labelOf(file.name)}`;
};

/** Address of the sanitised HTML of a message; `remote` also loads pictures from the sender's servers. */
export const htmlUrl = (
  { secret, filesUrl }: Keys,
  messageId: string,
  now: number,
  { remote = false }: { remote?: boolean } = {},
): string => {
  const expires = expiryOf(now);
  return `${filesUrl}/m/${messageId}/${expires}/${sign(secret, `${htmlSubject(messageId, remote)}:${expires}`)}${remote ? '?remote=1' : ''}`;
};
