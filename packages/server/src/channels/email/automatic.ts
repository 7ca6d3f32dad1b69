/**
 * Two questions about a mail: did a machine write it, and may a machine answer it. They differ: a person may ask not
 * to be answered. Pure; headers have lower-case names.
 */
import type { ParsedMail } from './parsed-mail.ts';

export type Automatic = {
  isAutomatic: boolean;
  mayAnswer: boolean;
  /** The header or sign that decided. */ why: string | null;
};

const machineSender =
  /^(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?|auto-?reply|notifications?)(?:[+@.-]|$)/i;
const awaySubject =
  /^\s*(?:自动回复|自動回覆|自动答复|外出自动回复|Automatic reply|Auto(?:matic)?[- ]?reply|Out of (?:the )?office|Autosvar|Abwesenheitsnotiz|Réponse automatique)/i;
const failSubject =
  /^\s*(?:Undelivered Mail|Delivery Status Notification|Mail delivery failed|Undeliverable|退信|系统退信|邮件未能送达)/i;

type Sign = {
  why: string;
  automatic: boolean;
  test(mail: Pick<ParsedMail, 'headers' | 'from' | 'subject' | 'returnPath' | 'report'>): boolean;
};

const has = (name: string, pattern: RegExp) => (mail: Pick<ParsedMail, 'headers'>) =>
  pattern.test(mail.headers[name] ?? '');

/** Each sign forbids an answer; `automatic` ones also say that a machine wrote it. */
const signs: readonly Sign[] = [
  // RFC 3834: "no" is what a person's program may write.
  {
    why: 'auto-submitted',
    automatic: true,
    test: (mail) => 'auto-submitted' in mail.headers && !/^\s*no\b/i.test(mail.headers['auto-submitted']!),
  },
  { why: 'null return path', automatic: true, test: (mail) => mail.returnPath === '' },
  {
    why: 'delivery report',
    automatic: true,
    test: (mail) => mail.report !== null || has('content-type', /multipart\/report/i)(mail),
  },
  {
    why: 'precedence',
    automatic: true,
    test: has('precedence', /^\s*(?:bulk|list|junk|auto_reply|auto-reply)\b/i),
  },
  {
    why: 'mailing list',
    automatic: true,
    test: (mail) => 'list-id' in mail.headers || 'list-unsubscribe' in mail.headers,
  },
  {
    why: 'auto-reply header',
    automatic: true,
    test: (mail) =>
      'x-autoreply' in mail.headers ||
      'x-autorespond' in mail.headers ||
      'x-autoresponse' in mail.headers ||
      has('x-failed-recipients', /\S/)(mail),
  },
  { why: 'machine sender', automatic: true, test: (mail) => machineSender.test(mail.from?.address ?? '') },
  {
    why: 'subject',
    automatic: true,
    test: (mail) => awaySubject.test(mail.subject) || failSubject.test(mail.subject),
  },
  // Asks us not to answer; says nothing about who wrote it.
  {
    why: 'x-auto-response-suppress',
    automatic: false,
    test: has('x-auto-response-suppress', /\b(?:all|autoreply|oof)\b/i),
  },
];

export const judge = (
  mail: Pick<ParsedMail, 'headers' | 'from' | 'subject' | 'returnPath' | 'report'>,
): Automatic => {
  const seen = signs.filter(({ test }) => test(mail));
  return {
    isAutomatic: seen.some(({ automatic }) => automatic),
    mayAnswer: seen.length === 0,
    why: seen[0]?.why ?? null,
  };
};
