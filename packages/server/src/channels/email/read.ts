/** The reaction to `mail.accepted`: parses in the cage and puts the mail where it belongs, or holds it with the cause. */
import type { Actor } from '#kernel/actor.ts';
import { systemActor } from '#kernel/actor.ts';
import { CageError, createCage } from '#kernel/cage.ts';
import type { Cage } from '#kernel/cage.ts';
import type { Reaction } from '#kernel/centre.ts';
import { runIn } from '#kernel/command.ts';
import type { Context } from '#kernel/command.ts';
import { isOutage, sql } from '#kernel/sql.ts';
import { customerByIdentity, findOrRegister } from '#modules/customers/index.ts';
import { channelById, lockConversation, audienceOf, post, receive } from '#modules/conversations/index.ts';
import type { ChannelRow } from '#modules/conversations/index.ts';
import { keepBlob } from '#modules/files/index.ts';
import type { EmailAddress } from './address.ts';
import { oneLine, parseAddress } from './address.ts';
import { judge } from './automatic.ts';
import { takeBounce } from './bounce.ts';
import type { ParsedMail } from './parsed-mail.ts';
import { correspond, ownAddresses } from './store.ts';
import type { HoldCause } from './texts.ts';
import { say } from './texts.ts';
import { numbersIn, placeOf } from './threading.ts';

export type RawRow = {
  id: string;
  channel_id: string;
  external_id: string;
  raw: Buffer;
  state: 'accepted' | 'released';
  received_at: number;
};

const cageLimits = { memoryMb: 384, timeMs: 6000 };
let cage: Cage<Uint8Array, ParsedMail> | undefined;
const parse = (raw: Buffer): Promise<ParsedMail> => {
  cage ??= createCage<Uint8Array, ParsedMail>(new URL('./parse-worker.ts', import.meta.url), cageLimits);
  return cage.run(raw);
};
export const closeParser = async (): Promise<void> => {
  const last = cage;
  cage = undefined;
  await last?.close();
};

/** Puts a mail aside with its cause; the bytes stay, an operator can release it. */
const hold = async ({ tx, emit }: Context, row: RawRow, cause: HoldCause, detail: string): Promise<void> => {
  await tx.run(
    sql`update inbound_raw set state = 'held', cause = ${cause}, detail = ${oneLine(detail, 500)} where id = ${row.id}::uuid`,
  );
  emit('mail.quarantined', 'mail', row.id, { cause }, { channelId: row.channel_id });
};

/** A refusal of the mail itself, told as a quarantine cause. */
class Held extends Error {
  readonly holdCause: HoldCause;
  constructor(holdCause: HoldCause, detail = '') {
    super(detail);
    this.holdCause = holdCause;
  }
}

const channelActor = (channel: ChannelRow): Actor => ({
  ...systemActor(channel.name),
  kind: 'channel',
  id: channel.id,
});

const keepAttachments = async (
  { centre, now, tx }: Context,
  channel: ChannelRow,
  mail: ParsedMail,
  written: string[],
): Promise<string[]> => {
  const ids: string[] = [];
  for (const [i, { name, content, contentId, inline }] of mail.attachments.entries()) {
    // A millisecond apart, so that they are listed as the sender put them.
    const kept = await keepBlob(
      centre,
      {
        name,
        source: Buffer.from(content.buffer, content.byteOffset, content.byteLength),
        limit: 26_214_400,
        uploaderKind: 'channel',
        uploaderId: channel.id,
        contentId,
        inline,
      },
      now + i,
      tx,
    );
    written.push(kept.id.replaceAll('-', ''));
    ids.push(kept.id);
  }
  return ids;
};

/** What people read: the new words, and a page of the whole mail when there is more to see. */
const bodies = (mail: ParsedMail) => {
  const body = mail.text || mail.fullText || say('noText');
  if (mail.html !== null) return { body, html: mail.html };
  return {
    body,
    html:
      mail.fullText === mail.text
        ? null
        : `<div style="white-space:pre-wrap">${escapeHtml(mail.fullText)}</div>`,
  };
};
const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const note = async (context: Context, conversationId: string, words: string): Promise<void> => {
  const row = await lockConversation(context.tx, conversationId);
  await post(
    context,
    conversationId,
    'conversation',
    { visibility: 'internal', authorKind: 'system', authorName: say('system'), body: words, automatic: true },
    audienceOf(row),
  );
};

const senderName = (mail: ParsedMail, from: EmailAddress): string =>
  oneLine(mail.from?.name ?? '', 60) || from.slice(0, from.lastIndexOf('@')).slice(0, 60);

const openNew = async (
  context: Context,
  channel: ChannelRow,
  row: RawRow,
  mail: ParsedMail,
  from: EmailAddress,
  automatic: boolean,
  written: string[],
) => {
  const { tx, now } = context;
  const actor = channelActor(channel);
  const name = senderName(mail, from);
  const customer =
    (await customerByIdentity(tx, 'email', from)) ??
    (await findOrRegister(context, { kind: 'person', name, emails: [from] }, actor));
  const attachments = await keepAttachments(context, channel, mail, written);
  const taken = await context.send(
    receive,
    {
      channelId: channel.id,
      customerId: customer.id,
      name,
      subject: mail.subject || undefined,
      ...bodies(mail),
      externalId: row.external_id,
      attachments,
      contactKnown: true,
      automatic,
    },
    actor,
  );
  await correspond(tx, taken.conversationId, channel.id, from, now);
  return taken;
};

/** The mail as a message of its thread. Everything here is undone together when something fails. */
const place = async (
  context: Context,
  channel: ChannelRow,
  row: RawRow,
  mail: ParsedMail,
  written: string[],
): Promise<{ state: 'stored' | 'bounce'; messageId: string | null; mayAnswer: boolean }> => {
  const { tx, centre } = context;
  const own = await ownAddresses(tx);
  const { isAutomatic, mayAnswer } = judge(mail);
  if (mail.report || (isAutomatic && mail.returnPath === '')) {
    const original = await takeBounce(context, own, mail);
    if (original) return { state: 'bounce', messageId: null, mayAnswer: false };
    if (mail.report && row.state !== 'released')
      throw new Held('bounce_unmatched', mail.report.recipient ?? '');
  }
  const from = parseAddress(mail.from?.address);
  if (!from) throw new Held('no_sender', mail.from?.address ?? '');
  if (own.has(from) && row.state !== 'released') throw new Held('own_address', from);
  const where = await placeOf(tx, centre.config.secret, own, channel.id, mail, from);
  if (where.kind === 'new') {
    const taken = await openNew(context, channel, row, mail, from, isAutomatic, written);
    if (where.forged) {
      context.emit(
        'security.suspicious',
        'security',
        row.id,
        { what: 'mail_token_forged', ref: row.id },
        { channelId: channel.id },
      );
      await note(context, taken.conversationId, say('forged'));
    }
    const numbers = await numbersIn(tx, mail.subject);
    if (numbers.length > 0)
      await note(context, taken.conversationId, say('related', { numbers: numbers.join('、') }));
    if (mail.dropped > 0) await note(context, taken.conversationId, say('dropped', { count: mail.dropped }));
    return { state: 'stored', messageId: taken.messageId, mayAnswer: mayAnswer && !own.has(from) };
  }
  // The same mail by way of two of our mailboxes is one message.
  const twin = await tx.maybe(
    sql<{
      id: string;
    }>`select id from message where thread_id = ${where.row.threadId}::uuid and external_id = ${row.external_id}`,
  );
  if (twin) return { state: 'stored', messageId: twin.id, mayAnswer: false };
  const attachments = await keepAttachments(context, channel, mail, written);
  const messageId = await append(context, channel, row, mail, from, where, isAutomatic, attachments);
  return { state: 'stored', messageId, mayAnswer: false };
};

type Known = Extract<Awaited<ReturnType<typeof placeOf>>, { kind: 'known' }>;

const append = async (
  context: Context,
  channel: ChannelRow,
  row: RawRow,
  mail: ParsedMail,
  from: EmailAddress,
  { row: { threadId, of }, verified }: Known,
  automatic: boolean,
  attachments: string[],
): Promise<string> => {
  const actor = channelActor(channel);
  const name = verified ? senderName(mail, from) : `${senderName(mail, from)} <${from}>`.slice(0, 120);
  const authorKind = verified ? ('customer' as const) : ('unverified' as const);
  if (of === 'conversation') {
    const { channel_id } = await lockConversation(context.tx, threadId);
    const taken = await context.send(
      receive,
      {
        channelId: channel_id,
        conversationId: threadId,
        name,
        subject: mail.subject || undefined,
        ...bodies(mail),
        externalId: row.external_id,
        attachments,
        authorKind,
        automatic,
      },
      actor,
    );
    if (!verified) await note(context, threadId, say('unverified', { address: from }));
    return taken.messageId;
  }
  const taken = await runAs(context, actor, (inner) =>
    post(
      inner,
      threadId,
      'ticket',
      {
        visibility: verified ? 'public' : 'internal',
        authorKind,
        authorName: name,
        ...bodies(mail),
        channelId: channel.id,
        externalId: row.external_id,
        automatic,
        attachments,
      },
      {},
    ),
  );
  return taken.id;
};

/** The same context acting as somebody else: attachments belong to the channel that brought them. */
const runAs = <R>(context: Context, actor: Actor, work: (inner: Context) => Promise<R>): Promise<R> =>
  work({ ...context, actor });

const isPassing = (error: unknown): boolean =>
  isOutage(error) ||
  ['40001', '40P01', '55P03'].includes((error as { code?: string }).code ?? '') ||
  (error as { code?: string }).code === 'DEPENDENCY_UNAVAILABLE';

export const readMail: Reaction = {
  name: 'email.read',
  on: ['mail.accepted'],
  react: async (context, event) => {
    const { tx, centre } = context;
    const row = await tx.maybe(
      sql<RawRow>`select id, channel_id, external_id, raw, state, received_at from inbound_raw where id = ${event.subjectId}::uuid and state in ('accepted', 'released') for update`,
    );
    const channel = row && (await channelById(tx, row.channel_id));
    if (!row || !channel) return;
    const written: string[] = [];
    try {
      const mail = await parse(row.raw);
      // One poisonous mail is undone to here and held; the rest of the world never sees half of it.
      await tx.run(sql`savepoint mail`);
      const placed = await runIn(centre, tx, context.actor, context.cause, (inner) =>
        place(inner, channel, row, mail, written),
      );
      await tx.run(
        sql`update inbound_raw set state = ${placed.state}, message_id = ${placed.messageId}::uuid, may_answer = ${placed.mayAnswer}, from_text = ${oneLine(mail.from ? `${mail.from.name} <${mail.from.address}>` : '', 300)}, subject = ${mail.subject} where id = ${row.id}::uuid`,
      );
      await tx.run(sql`release savepoint mail`);
    } catch (error) {
      await Promise.all(written.map((key) => centre.files.remove(key)));
      if (isPassing(error)) throw error;
      if (error instanceof CageError) return hold(context, row, error.reason, error.message);
      await tx.run(sql`rollback to savepoint mail`);
      if (error instanceof Held) return hold(context, row, error.holdCause, error.message);
      centre.log.error({ err: error, mail: row.id }, 'a mail could not be placed');
      return hold(context, row, 'failed', (error as Error).message);
    }
  },
};
