/** Raw bytes → ParsedMail. Runs in the cage only; throws `too deeply nested`, `too many parts` and the like to refuse. */
import PostalMime from 'postal-mime';
import type { Address, Attachment, Email } from 'postal-mime';
import { htmlToText } from 'html-to-text';
import { messageIds, oneLine, parseAddress } from './address.ts';
import { healHeaders } from './charset.ts';
import type { BounceReport, ParsedAttachment, ParsedMail } from './parsed-mail.ts';
import { trimHtmlQuotes, trimQuotes } from './quotes.ts';

const limits = {
  depth: 20,
  parts: 200,
  headerBytes: 1_048_576,
  headers: 2000,
  attachments: 50,
  text: 200_000,
  html: 1_900_000,
  fields: 2000,
};

/** Headers that rules look at. Everything else that looks like a command (`X-Zammad-…`, `RT-…`) is never read (P18). */
const keptHeaders = new Set([
  'auto-submitted',
  'precedence',
  'list-id',
  'list-unsubscribe',
  'x-auto-response-suppress',
  'x-autoreply',
  'x-autorespond',
  'x-autoresponse',
  'x-failed-recipients',
  'content-type',
]);
const recipientHeaders = new Set([
  'to',
  'cc',
  'delivered-to',
  'x-original-to',
  'envelope-to',
  'x-envelope-to',
]);

/** Line breaks and tabs stay; other control characters, NUL among them, go. */
const plain = (text: string, longest: number): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .toWellFormed()
    .slice(0, longest);

const mailboxes = (addresses: readonly Address[] | undefined): string[] =>
  (addresses ?? []).flatMap(({ address, group }) =>
    address ? [address] : (group ?? []).map((member) => member.address),
  );

const bytesOf = ({ content }: Attachment): Uint8Array =>
  typeof content === 'string'
    ? Buffer.from(content)
    : content instanceof ArrayBuffer
      ? new Uint8Array(content)
      : content;

/** Cheap and early: how deep boundaries nest and how many parts there are, before anything is decoded. */
const demandModest = (raw: Buffer): void => {
  let parts = 0;
  for (let at = raw.indexOf('\n--'); at >= 0; at = raw.indexOf('\n--', at + 3))
    if ((parts += 1) > 20_000) throw new Error('too many parts');
};

const field = (block: string, name: string): string =>
  oneLine(new RegExp(`^${name}:[ \\t]*((?:.*)(?:\\r?\\n[ \\t].*)*)`, 'im').exec(block)?.[1] ?? '', 500);
const afterType = (value: string): string => value.replace(/^[\w-]+\s*;\s*/, '').replace(/^<|>$/g, '');

/** The report of a multipart/report, when there is one. */
const reportOf = (mail: Email): BounceReport | null => {
  const status = mail.attachments.find(({ mimeType }) => mimeType === 'message/delivery-status');
  if (!status) return null;
  const blocks = Buffer.from(bytesOf(status))
    .toString('utf8')
    .slice(0, 50_000)
    .split(/\r?\n\r?\n/);
  const recipients = blocks.filter((block) => /^Final-Recipient:/im.test(block));
  const block = recipients.find((each) => /^Action:\s*failed/im.test(each)) ?? recipients[0] ?? '';
  const action = /^(failed|delayed|delivered|relayed|expanded)$/.exec(
    field(block, 'Action').toLowerCase(),
  )?.[1] as BounceReport['action'] | undefined;
  const original = mail.attachments.find(({ mimeType }) =>
    /^(?:message\/rfc822|text\/rfc822-headers|message\/rfc822-headers|message\/global)/.test(mimeType),
  );
  const head = original ? Buffer.from(bytesOf(original)).toString('latin1').slice(0, 100_000) : '';
  return {
    action: action ?? 'failed',
    status: field(block, 'Status').slice(0, 20),
    recipient:
      parseAddress(afterType(field(block, 'Original-Recipient'))) ??
      parseAddress(afterType(field(block, 'Final-Recipient'))) ??
      null,
    diagnostic: afterType(field(block, 'Diagnostic-Code')),
    originalId: messageIds(field(head, 'Message-ID'))[0] ?? null,
  };
};

const toText = (html: string): string =>
  htmlToText(html, {
    wordwrap: false,
    limits: { maxInputLength: limits.html, maxDepth: 60, maxChildNodes: 20_000 },
    selectors: [
      { selector: 'img', format: 'skip' },
      { selector: 'a', options: { ignoreHref: true } },
      { selector: 'table', format: 'block' },
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({
        selector,
        options: { uppercase: false },
      })),
    ],
  });

const isPicture = (mimeType: string): boolean => mimeType.startsWith('image/');

const attachmentsOf = (mail: Email): { kept: ParsedAttachment[]; dropped: number } => {
  const wanted = mail.attachments.filter(
    ({ mimeType, content }) =>
      mimeType !== 'message/delivery-status' &&
      (typeof content === 'string' ? content.length : content.byteLength) > 0,
  );
  const kept = wanted.slice(0, limits.attachments).map((part, i) => ({
    name: part.filename
      ? oneLine(part.filename, 300)
      : part.mimeType.startsWith('message/')
        ? `mail-${i + 1}.eml`
        : `attachment-${i + 1}`,
    content: bytesOf(part),
    contentId: part.contentId ? part.contentId.replace(/^<|>$/g, '').slice(0, 300) : null,
    inline: part.disposition === 'inline' && isPicture(part.mimeType),
  }));
  return { kept, dropped: wanted.length - kept.length };
};

export const parseMail = async (bytes: Uint8Array): Promise<ParsedMail> => {
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  demandModest(raw);
  const mail = await PostalMime.parse(healHeaders(raw), {
    maxNestingDepth: limits.depth,
    maxHeadersSize: limits.headerBytes,
    maxRfc822NestingDepth: 1,
    rfc822Attachments: true,
  });
  if (mail.headers.length > limits.headers) throw new Error(`too many headers: ${mail.headers.length}`);
  if (mail.attachments.length > limits.parts) throw new Error(`too many parts: ${mail.attachments.length}`);
  const header = (name: string): string | null => mail.headers.find(({ key }) => key === name)?.value ?? null;
  const html = mail.html ? mail.html.replaceAll('\0', '').toWellFormed() : null;
  const fullText = plain(mail.text || (html ? toText(html) : ''), limits.text).trim();
  const newHtml = !mail.text && html ? trimHtmlQuotes(html) : html;
  const text = trimQuotes(
    newHtml !== html && newHtml ? plain(toText(newHtml), limits.text).trim() || fullText : fullText,
  );
  // An address that only appears once comments or quotes are taken out is read differently elsewhere: not taken.
  const written = mail.from?.address;
  const from =
    written && (header('from') ?? '').includes(written)
      ? { name: oneLine(mail.from!.name, 60), address: written }
      : null;
  const returnPath = header('return-path');
  const { kept, dropped } = attachmentsOf(mail);
  const sent = Date.parse(mail.date ?? '');
  const ofRecipients = mail.headers
    .filter(({ key }) => recipientHeaders.has(key) && !['to', 'cc'].includes(key))
    .map(({ value }) => value.trim().replace(/^<|>$/g, ''));
  return {
    messageId: messageIds(header('message-id'))[0] ?? null,
    from,
    recipients: [
      ...new Set(
        [...mailboxes(mail.to), ...mailboxes(mail.cc), ...ofRecipients]
          .slice(0, 200)
          .map((recipient) => recipient.toLowerCase()),
      ),
    ],
    returnPath: returnPath === null ? null : returnPath.trim().replace(/^<\s*|\s*>$/g, ''),
    subject: oneLine(mail.subject ?? '', 300),
    sentAt: Number.isFinite(sent) ? sent : null,
    inReplyTo: messageIds(header('in-reply-to')),
    references: messageIds(header('references')),
    headers: Object.fromEntries(
      mail.headers
        .filter(({ key }) => keptHeaders.has(key))
        .map(({ key, value }) => [key, oneLine(value, limits.fields)]),
    ),
    text,
    fullText,
    html: html === null ? null : html.slice(0, limits.html),
    attachments: kept,
    dropped,
    report: reportOf(mail),
  };
};
