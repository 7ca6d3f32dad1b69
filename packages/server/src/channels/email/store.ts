/** SQL of this channel: whom we write with, and what waits to be sent. */
import type { Tx } from '#kernel/sql.ts';
import { sql } from '#kernel/sql.ts';
import type { ChannelRow } from '#modules/conversations/index.ts';
import type { EmailAddress } from './address.ts';
import { domainOf, parseAddress, splitPlus } from './address.ts';
import type { Correspondence } from './tokens.ts';
import { isProof, looksLikeTag, readTag } from './tokens.ts';

export type CorrespondenceRow = Correspondence & { of: 'conversation' | 'ticket' };

/** The row that says "this thread is written with this address"; made when new. */
export const correspond = async (
  tx: Tx,
  threadId: string,
  channelId: string,
  recipient: EmailAddress,
  now: number,
): Promise<Correspondence> =>
  tx.one(
    sql<Correspondence>`insert into correspondence (thread_id, channel_id, recipient, created_at) values (${threadId}::uuid, ${channelId}::uuid, ${recipient}, ${new Date(now)}) on conflict (thread_id, recipient) do update set recipient = excluded.recipient returning ref, thread_id as "threadId", recipient`,
  );

/** With whom a thread is written: the first who wrote or was written to. */
export const correspondentOf = async (tx: Tx, threadId: string): Promise<EmailAddress | undefined> =>
  parseAddress(
    (
      await tx.maybe(
        sql<{
          recipient: string;
        }>`select recipient from correspondence where thread_id = ${threadId}::uuid order by ref limit 1`,
      )
    )?.recipient,
  );

export const correspondenceByRef = (tx: Tx, ref: number) =>
  tx.maybe(
    sql<CorrespondenceRow>`select c.ref, c.thread_id as "threadId", c.recipient, t.of from correspondence c join thread t on t.id = c.thread_id where c.ref = ${ref}`,
  );

/** Addresses of our own e-mail channels; mail from one of them is a loop. */
export const ownAddresses = async (tx: Tx): Promise<Set<string>> =>
  new Set(
    (
      await tx.all(
        sql<{
          address: string;
        }>`select lower(address) as address from channel where kind = 'email' and address is not null`,
      )
    ).map(({ address }) => address),
  );

/** The way out for mail that has no mailbox of its own: the first enabled mailbox, one without a special purpose before others. */
export const outgoingChannel = (tx: Tx): Promise<ChannelRow | undefined> =>
  tx.maybe(
    sql<ChannelRow>`select * from channel where kind = 'email' and enabled and address is not null order by (default_category is null) desc, key limit 1`,
  );

export type TokenSearch = {
  found: CorrespondenceRow | null;
  /** A tag of our form that proves nothing. */ forged: boolean;
};

/** The first tag in addresses and message ids that proves itself. `bounce` tags only name a mail that came back. */
export const findByTokens = async (
  tx: Tx,
  secret: string,
  own: ReadonlySet<string>,
  recipients: readonly string[],
  ids: readonly string[],
  bounces: boolean,
): Promise<TokenSearch> => {
  const domains = new Set([...own].map(domainOf));
  const tags = [
    ...recipients
      .map(splitPlus)
      .filter(({ base, tag }) => tag !== null && own.has(base))
      .map(({ tag }) => tag!),
    ...ids
      .filter((id) => domains.has(domainOf(id).toLowerCase()))
      .map((id) => id.slice(0, id.lastIndexOf('@'))),
  ]
    .filter(looksLikeTag)
    .slice(0, 50);
  for (const tag of tags) {
    const token = readTag(tag);
    if (!token || (token.purpose === 'bounce') !== bounces) continue;
    const row = await correspondenceByRef(tx, token.ref);
    if (row && isProof(secret, token, row)) return { found: row, forged: false };
  }
  return { found: null, forged: tags.some((tag) => (readTag(tag)?.purpose === 'bounce') === bounces) };
};

/** A thread in which somebody refers to a mail that came in earlier, if it is written with the same address. */
export const findByForeignIds = (
  tx: Tx,
  channelId: string,
  ids: readonly string[],
  from: EmailAddress,
): Promise<CorrespondenceRow | undefined> =>
  tx.maybe(sql<CorrespondenceRow>`
    select c.ref, c.thread_id as "threadId", c.recipient, t.of from message m join thread t on t.id = m.thread_id join correspondence c on c.thread_id = t.id
    where m.channel_id = ${channelId}::uuid and m.external_id = any(${ids}::text[]) and c.recipient = ${from} order by m.at desc limit 1`);
