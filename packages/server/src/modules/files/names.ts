/** What a file is called and what it is: names from outside are labels, types come from the bytes. */
import path from 'node:path';
import { fileTypeFromBuffer } from 'file-type';
import { Problem } from '#kernel/problem.ts';

/** Types a browser may show itself; everything else is downloaded. */
export const shownTypes: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
]);

const longestName = 120;

/**
 * A label without path, control characters, direction marks (which make `exe.jpg` read `gpj.exe`) and the characters
 * that file systems refuse. Never empty; the extension survives the cut.
 */
export const cleanName = (given: string | undefined): string => {
  const bare = (given ?? '')
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .split(/[/\\]/)
    .at(-1)!
    .replace(/[<>:"|?*]/g, '_')
    .replace(/^\.+/, '')
    .trim();
  const extension = path.extname(bare).slice(0, 16);
  return (
    (bare.length > longestName ? bare.slice(0, longestName - extension.length) + extension : bare) || 'file'
  );
};

const byExtension: Record<string, string> = {
  txt: 'text/plain',
  log: 'text/plain',
  md: 'text/plain',
  csv: 'text/csv',
  json: 'application/json',
  eml: 'message/rfc822',
  ics: 'text/calendar',
  svg: 'application/octet-stream',
};
const markup =
  /^\s*(?:<\?xml|<!doctype|<!--|<html|<head|<body|<script|<svg|<iframe|<img|<style|<meta|<link|<object|<embed|<[a-z][\w-]*[\s/>])/i;

/** Whether the bytes could be taken for a page or an active picture. */
export const looksLikeMarkup = (head: Buffer): boolean =>
  markup.test(
    head
      .toString('utf8')
      .replace(/^\ufeff/, '')
      .slice(0, 1024),
  );

const looksLikeText = (head: Buffer): boolean => !head.some((byte) => byte < 9 || (byte > 13 && byte < 27));

/**
 * The type by content; what the sender said is never asked. Markup is `application/octet-stream`, whatever its name.
 * `head` is the first 4 KB.
 */
export const typeOf = async (head: Buffer, name: string): Promise<string> => {
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  if (found)
    return /html|svg|xml/.test(found.mime) && !found.mime.startsWith('application/vnd')
      ? 'application/octet-stream'
      : found.mime;
  if (looksLikeMarkup(head)) return 'application/octet-stream';
  if (!looksLikeText(head)) return 'application/octet-stream';
  return byExtension[path.extname(name).slice(1).toLowerCase()] ?? 'text/plain';
};

const pictureName = /\.(?:png|jpe?g|gif|webp|bmp|tiff?|heic|avif|ico)$/i;
const refusedName = /\.(?:html?|xhtml|shtml|svgz?|mht(?:ml)?|hta)$/i;

/**
 * What people may upload: not a page, and nothing that claims to be a picture but is none. Mail is never refused
 * for its attachments; there the type alone protects.
 */
export const demandAcceptable = (head: Buffer, name: string, mime: string): void => {
  if (refusedName.test(name)) throw new Problem('FILE_TYPE_REFUSED');
  if (looksLikeMarkup(head) && !/\.(?:txt|log|md|csv|json|eml)$/i.test(name))
    throw new Problem('FILE_TYPE_REFUSED');
  if (pictureName.test(name) && !mime.startsWith('image/')) throw new Problem('FILE_TYPE_REFUSED');
};

/** RFC 6266 with RFC 8187: a plain-ASCII name for old clients, the right one beside it. No character can end the header. */
export const contentDisposition = (kind: 'inline' | 'attachment', name: string): string => {
  const clean = cleanName(name);
  const ascii = clean.replace(/[^\x20-\x7e]/g, '_').replace(/["\\%;]/g, '_');
  const encoded = encodeURIComponent(clean.toWellFormed()).replace(
    /['()*!]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encoded}`;
};
