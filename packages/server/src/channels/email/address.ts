/** Addresses and header values: strict types, so that nothing from outside can grow a header or a recipient. */
import { domainToASCII } from 'node:url';

/** `local@domain`, lower case, ASCII; only `parseAddress` makes one. */
export type EmailAddress = string & { readonly brand: 'EmailAddress' };

const local = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const domain = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * A plain address or undefined. Quoted local parts, comments, blanks, several addresses and control characters are
 * refused: two programs may read those as two different recipients.
 */
export const parseAddress = (text: string | null | undefined): EmailAddress | undefined => {
  if (!text || text.length > 254) return undefined;
  const at = text.lastIndexOf('@');
  const name = text.slice(0, at).toLowerCase();
  const host = domainToASCII(text.slice(at + 1).toLowerCase());
  if (at < 1 || name.length > 64 || !local.test(name) || !host || !domain.test(host)) return undefined;
  return `${name}@${host}` as EmailAddress;
};

export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);

/** One header line: breaks, NUL and other control characters become blanks, and a flood is cut. */
export const oneLine = (text: string, longest = 200): string =>
  text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\s{2,}/g, ' ')
    .trim()
    .slice(0, longest)
    .trim()
    .toWellFormed();

/** `support@x` with a token: `support+TOKEN@x`; undefined when the local part would grow beyond 64 octets. */
export const plusAddress = (address: EmailAddress, tag: string): EmailAddress | undefined => {
  const at = address.lastIndexOf('@');
  const base = address.slice(0, at);
  return base.length + 1 + tag.length > 64
    ? undefined
    : (`${base}+${tag}${address.slice(at)}` as EmailAddress);
};

/** What stands behind the plus, and the address without it. */
export const splitPlus = (address: string): { base: string; tag: string | null } => {
  const at = address.lastIndexOf('@');
  const plus = address.lastIndexOf('+', at);
  return plus < 1
    ? { base: address, tag: null }
    : { base: address.slice(0, plus) + address.slice(at), tag: address.slice(plus + 1, at) };
};

/** `<a@b> <c@d>` → `['a@b', 'c@d']`; at most 100, each at most 998 characters. */
export const messageIds = (header: string | null | undefined): string[] =>
  [...(header ?? '').slice(0, 100_000).matchAll(/<([^<>\s]{1,998})>/g)].slice(0, 100).map(([, id]) => id!);
