/** Mails for tests: a builder of raw messages, and the classes of hostile ones. */
import type { World } from '#testing/world.ts';
import { systemActor } from '#kernel/actor.ts';
import { sql } from '#kernel/sql.ts';
import { acceptMail } from '../accept.ts';

type Headers = Record<string, string | null>;
let count = 0;
export const encoded = (words: string) => `=?utf-8?B?${Buffer.from(words).toString('base64')}?=`;

/** A raw mail; a header given as null is left out. */
export const mail = (
  headers: Headers,
  body = '您好,洗衣机不转了。',
  type = 'text/plain; charset=utf-8',
): Buffer => {
  count += 1;
  const all: Headers = {
    From: `${encoded('王小明')} <wang@cust.test>`,
    To: 'service@xinghe.example',
    Subject: encoded('洗衣机不转'),
    Date: 'Wed, 18 Nov 2026 10:00:00 +0800',
    'Message-ID': `<c${count}.${process.pid}@cust.test>`,
    'MIME-Version': '1.0',
    'Content-Type': type,
    ...headers,
  };
  return Buffer.from(
    `${Object.entries(all)
      .flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]))
      .join('\r\n')}\r\n\r\n${body}\r\n`,
  );
};
export const htmlMail = (html: string, headers: Headers = {}) =>
  mail(headers, html, 'text/html; charset=utf-8');

export type MimePart = { headers: readonly string[]; body: string };
export const mixed = (parts: readonly MimePart[], headers: Headers = {}) =>
  mail(
    headers,
    `${parts.map((part) => `--CUT\r\n${part.headers.join('\r\n')}\r\n\r\n${part.body}`).join('\r\n')}\r\n--CUT--`,
    'multipart/mixed; boundary=CUT',
  );

export const deepMail = (levels: number) => {
  let body = 'x';
  for (let i = 0; i < levels; i++)
    body = `--b${i}\r\nContent-Type: ${i === 0 ? 'text/plain' : `multipart/mixed; boundary=b${i - 1}`}\r\n\r\n${body}\r\n--b${i}--`;
  return mail({}, body, `multipart/mixed; boundary=b${levels - 1}`);
};

/** A delivery report about a mail of ours, as exim writes it. */
export const bounceOf = (
  sent: { messageId: string; to: string; returnPath: string },
  action = 'failed',
  status = '5.1.1',
) =>
  mail(
    {
      From: 'Mail Delivery System <MAILER-DAEMON@mx.cust.test>',
      To: sent.returnPath || 'service@xinghe.example',
      'Return-Path': '<>',
      'Auto-Submitted': 'auto-replied',
      Subject: 'Mail delivery failed',
      References: `<${sent.messageId}>`,
    },
    [
      '--D',
      'Content-Type: text/plain',
      '',
      'could not be delivered',
      '--D',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.cust.test',
      '',
      `Action: ${action}`,
      `Final-Recipient: rfc822;${sent.to}`,
      `Status: ${status}`,
      'Diagnostic-Code: smtp; 550 no such user',
      '',
      '--D',
      'Content-Type: message/rfc822',
      '',
      `Message-ID: <${sent.messageId}>`,
      'Subject: x',
      '',
      'text',
      '--D--',
    ].join('\r\n'),
    'multipart/report; report-type=delivery-status; boundary=D',
  );

export type Sent = {
  id: string;
  messageId: string;
  to: string;
  replyTo: string;
  returnPath: string;
  subject: string;
  body: string;
  purpose: string;
  automatic: boolean;
  state: string;
  error: string | null;
  attempts: number;
  inReplyTo: string | null;
};
export type Mailbox = {
  channelId: string;
  /** Brings raw bytes to the door and lets everything follow. */
  bring(raw: Buffer): Promise<{ accepted: number; duplicate: number; quarantined: number }>;
  sent(): Promise<Sent[]>;
  tickets(): Promise<
    {
      id: string;
      number: string;
      status: string;
      category: string;
      subject: string;
      priority: string;
      customer_id: string;
      conversation_id: string;
    }[]
  >;
  messages(): Promise<
    {
      id: string;
      thread_id: string;
      body: string;
      author_kind: string;
      author_name: string;
      visibility: string;
      automatic: boolean;
      delivery: string;
      html: string | null;
    }[]
  >;
  raws(): Promise<{ id: string; state: string; cause: string | null; duplicates: number; raw: Buffer }[]>;
};

export const mailbox = async (world: World, key = 'mail'): Promise<Mailbox> => {
  const { db } = world;
  const { id: channelId } = await db.one(sql<{ id: string }>`select id from channel where key = ${key}`);
  return {
    channelId,
    bring: (raw) => {
      world.clock.advance(1000);
      return world.does(systemActor('test'), acceptMail, { channelId, raw });
    },
    sent: () =>
      db.all(
        sql<Sent>`select id, header_id as "messageId", recipient as "to", reply_to as "replyTo", return_path as "returnPath", subject, body, purpose, automatic, state, error, attempts, in_reply_to as "inReplyTo" from outbound_mail order by id`,
      ),
    tickets: () =>
      db.all(
        sql`select t.id, number, status, category, t.subject, priority, t.customer_id, tc.conversation_id from ticket t left join ticket_conversation tc on tc.ticket_id = t.id order by t.created_at, t.id`,
      ) as never,
    messages: () =>
      db.all(
        sql`select id, thread_id, body, author_kind, author_name, visibility, automatic, delivery, html from message order by at, thread_id, seq`,
      ) as never,
    raws: () =>
      db.all(
        sql`select id, state, cause, duplicates, raw from inbound_raw order by received_at, id`,
      ) as never,
  };
};
