/** A notice to one of our own people, as a mail of no thread: nobody's reply can land at a customer's. */
import type { Reaction } from '#kernel/centre.ts';
import type { EventRecord } from '#kernel/command.ts';
import { sql } from '#kernel/sql.ts';
import { noticeMail } from '#modules/notices/index.ts';
import { setting } from '#modules/settings/index.ts';
import { domainOf, oneLine, parseAddress } from './address.ts';
import { outgoingChannel } from './store.ts';
import { wordingOf } from './templates.ts';

/** Few want any: for the others not even a delivery is written. `r.subject` is whom the notice is for. */
const wanted = sql`exists (select 1 from notice_preference p where p.user_id = r.subject and p.kinds <> '{}')`;

export const mailNotice: Reaction = {
  name: 'email.notice',
  on: ['notice.raised'],
  when: () => wanted,
  react: async (context, event) => {
    const { tx, now, newId, centre, emit } = context;
    const { noticeId } = (event as EventRecord<'notice.raised'>).data;
    const notice = await noticeMail(centre, event.subjectId, noticeId);
    const recipient = parseAddress(notice?.to);
    const channel = notice && (await outgoingChannel(tx));
    const sender = parseAddress(channel?.address);
    if (!notice || !recipient || !channel || !sender) return;
    const { company, companyEn, hotline } = await setting(tx, 'centre');
    const words = wordingOf((await setting(tx, 'templates')).items, 'notice', notice.locale, {
      centre: { company, companyEn, hotline },
      ticket: { number: notice.number, subject: notice.subject, priority: '', progressUrl: '' },
      vars: { title: notice.title, url: notice.url },
    });
    if (!words) return;
    const id = newId();
    const queued = await tx.run(sql`
      insert into outbound_mail (id, channel_id, notice_id, purpose, automatic, sender_name, sender, recipient, reply_to, return_path, subject, body, header_id, next_at, created_at)
      values (${id}::uuid, ${channel.id}::uuid, ${noticeId}::uuid, 'notice', true, ${oneLine(channel.brand || company, 60)}, ${sender}, ${recipient}, ${sender}, '', ${oneLine(words.subject)}, ${words.body}, ${`notice.${id.replaceAll('-', '')}@${domainOf(sender)}`}, ${new Date(now)}, ${new Date(now)})
      on conflict do nothing`);
    if (queued > 0) emit('mail.queued', 'mail', id, { purpose: 'notice' }, { channelId: channel.id });
  },
};
