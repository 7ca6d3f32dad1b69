/**
 * The link of a mail to the progress of its ticket. Who wrote by mail has no telephone digits to show at the look-up; that
 * the link reached them is their proof. It opens one ticket for a month, is bound to nothing else, and stands behind the
 * `#` of the address, so that no server, log or referrer sees it. Nothing is stored: the key comes from the centre's secret.
 */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

const validMs = 30 * 86_400_000;
const keys = new Map<string, Buffer>();
const keyOf = (secret: string): Buffer => {
  let key = keys.get(secret);
  if (!key) keys.set(secret, (key = Buffer.from(hkdfSync('sha256', secret, '', 'zhike progress links', 32))));
  return key;
};
/** 128 bits. */
const sign = (secret: string, what: string): Buffer =>
  createHmac('sha256', keyOf(secret)).update(what).digest().subarray(0, 16);

/** `id.expires.signature`; `expires` in epoch seconds, base 36. */
export const progressPass = (secret: string, ticketId: string, now: number): string => {
  const what = `${ticketId}.${Math.floor((now + validMs) / 1000).toString(36)}`;
  return `${what}.${sign(secret, what).toString('base64url')}`;
};

/** The ticket a pass opens; undefined for a forged, an altered and an expired one. */
export const ticketOfPass = (secret: string, pass: string, now: number): string | undefined => {
  const [, what = '', id, expires = '', signature = ''] =
    /^(([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([0-9a-z]{1,9}))\.([\w-]{22})$/.exec(pass) ?? [];
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== 16 || !timingSafeEqual(given, sign(secret, what))) return undefined;
  return Number.parseInt(expires, 36) * 1000 > now ? id : undefined;
};

type Place = { publicUrl: string; secret: string };
/** Where progress is looked up, with the number filled in. */
export const progressPage = ({ publicUrl }: Pick<Place, 'publicUrl'>, number: string): string =>
  `${publicUrl}/portal/progress#${number}`;

/** The same, and the pass that opens it. */
export const progressLink = (place: Place, ticket: { id: string; number: string }, now: number): string =>
  `${progressPage(place, ticket.number)}.${progressPass(place.secret, ticket.id, now)}`;
