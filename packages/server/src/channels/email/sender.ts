/**
 * Sends what waits in the outbox. A mail is claimed under a lease and its attempt counted before the first byte goes
 * out; whoever dies in between leaves a row that is tried again with the same Message-ID. In order per thread.
 */
import type { SendMailOptions } from 'nodemailer';
import { Id, Type, obj, oneOf } from '#contracts/schema.ts';
import { systemActor } from '#kernel/actor.ts';
import type { Centre } from '#kernel/centre.ts';
import { command, send } from '#kernel/command.ts';
import { sql } from '#kernel/sql.ts';
import { markDelivery } from '#modules/conversations/index.ts';
import { say } from './texts.ts';
import type { Outcome, Transport, TransportLimits } from './transport.ts';
import { createTransport } from './transport.ts';

export type OutboundRow = {
  id: string;
  /** Null for mail to our own people. */
  thread_id: string | null;
  message_id: string | null;
  purpose: string;
  automatic: boolean;
  sender_name: string;
  sender: string;
  recipient: string;
  reply_to: string;
  return_path: string;
  subject: string;
  body: string;
  header_id: string;
  in_reply_to: string | null;
  refs: string | null;
  attempts: number;
  created_at: number;
};

const leaseMs = 90_000;
const heartMs = 20_000;
const giveUpMs = 5 * 86_400_000;
const batch = 8;
const attachmentLimit = 20 * 1_048_576;
const minute = 60_000;
const pauses = [1, 2, 5, 10, 20, 40, 60, 120, 240].map((minutes) => minutes * minute);

/** How long to wait after the n-th failed attempt (1-based). */
export const pauseAfter = (attempts: number): number => pauses[Math.min(attempts, pauses.length) - 1]!;

/** Writes down how an attempt ended; only for whoever still holds the lease. */
const settleMail = command({
  name: 'email.settle',
  permission: null,
  audited: false,
  input: obj({
    id: Id,
    worker: Type.String(),
    kind: oneOf(['sent', 'later', 'never'] as const),
    words: Type.String(),
  }),
  run: async (context, { id, worker, kind, words }) => {
    const { tx, now } = context;
    const row = await tx.maybe(
      sql<{
        message_id: string | null;
        attempts: number;
        created_at: number;
      }>`select message_id, attempts, created_at from outbound_mail where id = ${id}::uuid and lease_owner = ${worker} and state = 'sending' for update`,
    );
    if (!row) return;
    const gaveUp = kind === 'later' && now - row.created_at >= giveUpMs;
    const state = kind === 'sent' ? 'sent' : kind === 'never' || gaveUp ? 'failed' : 'queued';
    const error = kind === 'sent' ? null : gaveUp ? `${say('gaveUp')}: ${words}` : words;
    await tx.run(sql`update outbound_mail set state = ${state}, error = ${error}, lease_until = null, lease_owner = null, next_at = ${new Date(now + (state === 'queued' ? pauseAfter(row.attempts) : 0))}, done_at = ${state === 'queued' ? null : new Date(now)},
      -- What stands in no thread (a survey's link) is not kept once it is gone.
      body = case when message_id is null and (${state === 'sent'} or (${state === 'failed'} and notice_id is not null)) then '' else body end where id = ${id}::uuid`);
    if (row.message_id && state !== 'queued')
      await markDelivery(context, row.message_id, state === 'sent' ? 'sent' : 'failed', error);
  },
});

const attachmentsOf = async (
  centre: Centre,
  messageId: string,
): Promise<NonNullable<SendMailOptions['attachments']> | 'too large'> => {
  const files = await centre.db.all(
    sql<{
      name: string;
      mime: string;
      size: number;
      storage_key: string;
    }>`select name, mime, size, storage_key from file where message_id = ${messageId}::uuid order by created_at, id`,
  );
  if (files.reduce((sum, { size }) => sum + size, 0) > attachmentLimit) return 'too large';
  return Promise.all(
    files.map(async ({ name, mime, storage_key }) => ({
      filename: name,
      contentType: mime,
      contentDisposition: 'attachment' as const,
      content: (await centre.files.get(storage_key)).stream,
    })),
  );
};

/** The mail as the transport takes it. Names and addresses are given apart, so that no value can become a header. */
const compose = (
  row: OutboundRow,
  attachments: NonNullable<SendMailOptions['attachments']>,
): SendMailOptions => ({
  envelope: { from: row.return_path === '' ? (false as never) : row.return_path, to: [row.recipient] },
  from: { name: row.sender_name, address: row.sender },
  to: { name: '', address: row.recipient },
  replyTo: { name: row.sender_name, address: row.reply_to },
  subject: row.subject,
  text: row.body,
  messageId: `<${row.header_id}>`,
  date: new Date(row.created_at),
  inReplyTo: row.in_reply_to ? `<${row.in_reply_to}>` : undefined,
  references: row.refs ?? undefined,
  attachments,
  headers: row.automatic
    ? {
        'Auto-Submitted': row.purpose === 'acknowledge' ? 'auto-replied' : 'auto-generated',
        'X-Auto-Response-Suppress': 'All',
        Precedence: 'auto_reply',
      }
    : {},
});

export type Sender = {
  /** Sends until nothing is due; returns how many attempts were made. */ pump(): Promise<number>;
  start(): void;
  stop(): Promise<void>;
};

export const createSender = (centre: Centre, limits?: TransportLimits): Sender => {
  const worker = centre.ids.secret(9);
  let transport: Transport | undefined;
  let running: Promise<number> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let started = false;

  const claim = (): Promise<OutboundRow[]> => {
    const now = centre.clock.now();
    return centre.db.all(sql<OutboundRow>`
      with ready as (
        select o.id from outbound_mail o
        where o.state in ('queued', 'sending') and o.next_at <= ${new Date(now)} and (o.lease_until is null or o.lease_until < ${new Date(now)})
          and not exists (select 1 from outbound_mail b where b.thread_id = o.thread_id and b.id < o.id and b.state in ('queued', 'sending'))
        order by o.next_at, o.id limit ${batch} for update skip locked
      )
      update outbound_mail o set state = 'sending', attempts = attempts + 1, lease_until = ${new Date(now + leaseMs)}, lease_owner = ${worker} from ready where o.id = ready.id returning o.*`);
  };

  const attempt = async (row: OutboundRow): Promise<Outcome> => {
    const attachments = row.message_id ? await attachmentsOf(centre, row.message_id) : [];
    if (attachments === 'too large') return { kind: 'never', error: say('tooLarge') };
    transport ??= createTransport(centre.config, limits);
    return transport.send(compose(row, attachments), row.id);
  };

  const work = async (row: OutboundRow): Promise<void> => {
    const heart = setInterval(
      () =>
        void centre.db
          .run(
            sql`update outbound_mail set lease_until = ${new Date(centre.clock.now() + leaseMs)} where id = ${row.id}::uuid and lease_owner = ${worker}`,
          )
          .catch(() => {}),
      heartMs,
    );
    heart.unref();
    try {
      const outcome = await attempt(row).catch((error: Error): Outcome => ({
        kind: 'later',
        error: error.message.slice(0, 500),
      }));
      if (outcome.kind !== 'sent')
        centre.log.warn(
          { mail: row.id, purpose: row.purpose, attempts: row.attempts, outcome: outcome.kind },
          'a mail was not taken',
        );
      await send(
        centre,
        settleMail,
        {
          id: row.id,
          worker,
          kind: outcome.kind,
          words: outcome.kind === 'sent' ? outcome.answer : outcome.error,
        },
        systemActor('email.sender'),
      );
    } finally {
      clearInterval(heart);
    }
  };

  const pumpOnce = async (): Promise<number> => {
    let done = 0;
    for (;;) {
      const claimed = await claim();
      await Promise.all(claimed.map(work));
      done += claimed.length;
      if (claimed.length === 0) return done;
    }
  };

  const sender: Sender = {
    pump: async () => {
      while (running) await running.catch(() => 0);
      running = pumpOnce().finally(() => {
        running = undefined;
      });
      return running;
    },
    start: () => {
      started = true;
      const round = async () => {
        await sender
          .pump()
          .catch((error: Error) => centre.log.warn({ err: error }, 'the outbox waits for the database'));
        if (!started) return;
        timer = setTimeout(() => void round(), 1000);
        timer.unref();
      };
      timer = setTimeout(() => void round(), 0);
    },
    stop: async () => {
      started = false;
      clearTimeout(timer);
      await Promise.race([running?.catch(() => 0), new Promise((done) => setTimeout(done, 5000).unref())]);
      transport?.close();
      transport = undefined;
    },
  };
  return sender;
};
