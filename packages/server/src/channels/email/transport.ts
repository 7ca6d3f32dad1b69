/** Carries one mail: to the SMTP server of the configuration, or as an .eml file when there is none. */
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import nodemailer from 'nodemailer';
import type { SendMailOptions } from 'nodemailer';
import type { Config } from '#kernel/config.ts';

/** `later`: try again, with the same Message-ID. `never`: the server refused this mail for good. */
export type Outcome = { kind: 'sent'; answer: string } | { kind: 'later' | 'never'; error: string };
export type Transport = { send(mail: SendMailOptions, id: string): Promise<Outcome>; close(): void };
export type TransportLimits = { /** Silence of the server after which we hang up, ms. */ silenceMs: number };

type SmtpError = Error & { code?: string; responseCode?: number; command?: string };

/**
 * What an error means. A 5xx on the sender, a recipient or the content is for good. A refused log-in is our own
 * configuration, and a lost connection may have come after the mail was taken: both are tried again.
 */
export const outcomeOf = (error: SmtpError): Outcome => {
  const text = [error.code, error.message].filter(Boolean).join(' ').slice(0, 500);
  const isFinal =
    error.responseCode !== undefined &&
    error.responseCode >= 500 &&
    error.responseCode < 600 &&
    !/AUTH|LOGIN|STARTTLS|HELO|CONN/i.test(error.command ?? '');
  return { kind: isFinal ? 'never' : 'later', error: text };
};

const overSmtp = (url: string, { silenceMs }: TransportLimits): Transport => {
  const pool = nodemailer.createTransport({
    url,
    pool: true,
    maxConnections: 4,
    maxMessages: 100,
    connectionTimeout: silenceMs,
    greetingTimeout: silenceMs,
    socketTimeout: silenceMs,
    dnsTimeout: silenceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  } as never);
  return {
    send: async (mail) => {
      try {
        const { response, rejected } = (await pool.sendMail(mail)) as {
          response?: string;
          rejected?: unknown[];
        };
        if (rejected && rejected.length > 0)
          return { kind: 'never', error: String(response ?? 'recipient refused').slice(0, 500) };
        return { kind: 'sent', answer: String(response ?? '').slice(0, 300) };
      } catch (error) {
        return outcomeOf(error as SmtpError);
      }
    },
    close: () => pool.close(),
  };
};

const intoFolder = (folder: string): Transport => {
  const composer = nodemailer.createTransport({
    streamTransport: true,
    buffer: true,
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  } as never);
  return {
    send: async (mail, id) => {
      try {
        const { message } = (await composer.sendMail(mail)) as unknown as { message: Buffer };
        await mkdir(folder, { recursive: true, mode: 0o700 });
        const target = path.join(folder, `${id}.eml`);
        await writeFile(`${target}.part`, message, { mode: 0o600, flush: true });
        await rename(`${target}.part`, target);
        return { kind: 'sent', answer: 'written to a file' };
      } catch (error) {
        return outcomeOf(error as SmtpError);
      }
    },
    close: () => {},
  };
};

export const createTransport = (
  config: Pick<Config, 'smtpUrl' | 'dataDir'>,
  limits: TransportLimits = { silenceMs: 60_000 },
): Transport =>
  config.smtpUrl ? overSmtp(config.smtpUrl, limits) : intoFolder(path.join(config.dataDir, 'mail'));
