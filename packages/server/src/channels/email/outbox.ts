/** The way out: a row per mail, written with the change that causes it. Recipient, words and Message-ID are fixed here. */
import type { Context } from '#kernel/command.ts';
import { sql } from '#kernel/sql.ts';
import { setting } from '#modules/settings/index.ts';
import type { ChannelRow } from '#modules/conversations/index.ts';
import type { EmailAddress } from './address.ts';
import { domainOf, oneLine, parseAddress, plusAddress } from './address.ts';
import { correspond } from './store.ts';
import { tagFor } from './tokens.ts';
import type { Wording } from './templates.ts';

export type MailOrder = Wording & {
  channel: ChannelRow;
  threadId: string;
  recipient: EmailAddress;
  purpose: string;
  /** Written by a machine: RFC 3834 headers and the null sender. */
  automatic: boolean;
  /** The message of the thread that this mail carries. */
  messageId?: string | null;
};

/** Puts a mail into the outbox; the sender takes it from there. Undefined when the channel has no usable address. */
export const queueMail = async (context: Context, order: MailOrder): Promise<string | undefined> => {
  const { tx, now, newId, emit, centre } = context;
  const address = parseAddress(order.channel.address);
  if (!address) return undefined;
  const id = newId();
  const whom = await correspond(tx, order.threadId, order.channel.id, order.recipient, now);
  const { secret } = centre.config;
  const company = order.channel.brand || (await setting(tx, 'centre')).company;
  const earlier = (
    await tx.all(sql<{ id: string }>`
    select id from (
      select external_id as id, at, 0 as rank from message where thread_id = ${order.threadId}::uuid and author_kind = 'customer' and external_id is not null and external_id not like 'sha256:%' and external_id not like 'long:%'
      union all select header_id, created_at, 1 from outbound_mail where thread_id = ${order.threadId}::uuid) ids order by at desc, rank desc limit 12`)
  )
    .map((row) => row.id)
    .toReversed();
  const inserted = await tx.run(sql`
    insert into outbound_mail (id, channel_id, ref, thread_id, message_id, purpose, automatic, sender_name, sender, recipient, reply_to, return_path, subject, body, header_id, in_reply_to, refs, next_at, created_at)
    values (${id}::uuid, ${order.channel.id}::uuid, ${whom.ref}, ${order.threadId}::uuid, ${order.messageId ?? null}::uuid, ${order.purpose}, ${order.automatic}, ${oneLine(company, 60)}, ${address}, ${order.recipient},
      ${plusAddress(address, tagFor(secret, whom, 'reply')) ?? address}, ${order.automatic ? '' : (plusAddress(address, tagFor(secret, whom, 'bounce')) ?? address)}, ${oneLine(order.subject)}, ${order.body},
      ${`${tagFor(secret, whom, 'message')}.${id.replaceAll('-', '')}@${domainOf(address)}`}, ${earlier.at(-1) ?? null}, ${earlier.length > 0 ? earlier.map((each) => `<${each}>`).join(' ') : null}, ${new Date(now)}, ${new Date(now)})
    on conflict do nothing`);
  if (inserted === 0) return undefined;
  emit('mail.queued', 'mail', id, { purpose: order.purpose }, { channelId: order.channel.id });
  return id;
};

/** Numbers of RFC 3834 behaviour; a loop of two desks ends at the breaker. */
export const automaticLimits = { perHour: 1, perDay: 3 };

/** Whether one more automatic answer may go to an address. Holds a lock on it until the transaction ends. */
export const mayAnswer = async ({ tx, now }: Context, recipient: EmailAddress): Promise<boolean> => {
  await tx.run(sql`select pg_advisory_xact_lock(hashtext(${`mail:${recipient}`}))`);
  const { hour, day } = await tx.one(
    sql<{
      hour: number;
      day: number;
    }>`select count(*) filter (where purpose = 'acknowledge' and created_at > ${new Date(now - 3_600_000)})::int as hour, count(*)::int as day from outbound_mail where automatic and recipient = ${recipient} and created_at > ${new Date(now - 86_400_000)}`,
  );
  return hour < automaticLimits.perHour && day < automaticLimits.perDay;
};
