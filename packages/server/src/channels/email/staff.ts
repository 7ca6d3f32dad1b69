/** Words to our own people by mail, of no thread: nobody's reply can land at a customer's. Not kept once it is gone. */
import type { Words } from '#contracts/pack.ts';
import type { Context } from '#kernel/command.ts';
import { sql } from '#kernel/sql.ts';
import { setting } from '#modules/settings/index.ts';
import { domainOf, oneLine, parseAddress } from './address.ts';
import { outgoingChannel } from './store.ts';

/**
 * Orders a mail to each of these people who works here and has an address, in their language, in the caller's
 * transaction. Answers to how many; none without a general mailbox.
 */
export const mailStaff = async (
  context: Context,
  { userIds, subject, body }: { userIds: readonly string[]; subject: Words; body: Words },
): Promise<number> => {
  const { tx, now, newId, emit } = context;
  const channel = await outgoingChannel(tx);
  const sender = parseAddress(channel?.address);
  if (!channel || !sender) return 0;
  const people = await tx.all(
    sql<{
      email: string;
      locale: string;
    }>`select email, locale from app_user where id = any(${userIds}::uuid[]) and status = 'active' order by staff_no`,
  );
  const { company } = await setting(tx, 'centre');
  let queued = 0;
  for (const { email, locale } of people) {
    const recipient = parseAddress(email);
    if (!recipient) continue;
    const id = newId();
    const language = locale === 'en' ? 'en' : 'zh';
    await tx.run(sql`
      insert into outbound_mail (id, channel_id, purpose, automatic, sender_name, sender, recipient, reply_to, return_path, subject, body, header_id, next_at, created_at)
      values (${id}::uuid, ${channel.id}::uuid, 'digest', true, ${oneLine(channel.brand || company, 60)}, ${sender}, ${recipient}, ${sender}, '', ${oneLine(subject[language])}, ${body[language]}, ${`digest.${id.replaceAll('-', '')}@${domainOf(sender)}`}, ${new Date(now)}, ${new Date(now)})`);
    emit('mail.queued', 'mail', id, { purpose: 'digest' }, { channelId: channel.id });
    queued += 1;
  }
  return queued;
};
