/** Notices by mail: the bell always rings; who wants it gets chosen kinds by mail too, always or only while away. */
import { Type, obj, oneOf } from '#contracts/schema.ts';
import { noticeKinds } from '#contracts/routes/notices.ts';
import type { Locale } from '#contracts/errors.ts';
import type { Centre } from '#kernel/centre.ts';
import { command } from '#kernel/command.ts';
import { sql } from '#kernel/sql.ts';
import type { Tx } from '#kernel/sql.ts';
import { toActor, userById } from '#modules/identity/index.ts';
import { noticeRow } from './queries.ts';
import type { NoticeKind } from './texts.ts';

export type MailPreference = { kinds: NoticeKind[]; onlyAway: boolean };

/** Nothing by mail until somebody asks for it. */
export const mailPreference = async (tx: Tx, userId: string): Promise<MailPreference> =>
  (await tx.maybe(
    sql<MailPreference>`select kinds, only_away as "onlyAway" from notice_preference where user_id = ${userId}::uuid`,
  )) ?? { kinds: [], onlyAway: true };

/** One's own wish; only for oneself. */
export const preferMail = command({
  name: 'notices.prefer-mail',
  permission: null,
  input: obj({
    kinds: Type.Array(oneOf(noticeKinds), { maxItems: noticeKinds.length, uniqueItems: true }),
    onlyAway: Type.Boolean(),
  }),
  run: async ({ tx, actor, audit }, { kinds, onlyAway }) => {
    await tx.run(
      sql`insert into notice_preference (user_id, kinds, only_away) values (${actor.id}::uuid, ${kinds}::text[], ${onlyAway}) on conflict (user_id) do update set kinds = excluded.kinds, only_away = excluded.only_away`,
    );
    audit('user', actor.id, { kinds, onlyAway });
    return { kinds, onlyAway };
  },
});

export type NoticeMail = {
  to: string;
  locale: Locale;
  title: string;
  /** Of a ticket that the reader may still see; empty otherwise. No name, phone or words of a customer. */
  number: string;
  subject: string;
  url: string;
};

const isAway = async (tx: Tx, userId: string): Promise<boolean> =>
  !(await tx.maybe(sql`select 1 from presence where user_id = ${userId}::uuid and state <> 'offline'`));

/** What a notice says by mail and to whom; undefined when they do not want it, have read it, or may not see the case. */
export const noticeMail = async (
  centre: Centre,
  userId: string,
  noticeId: string,
): Promise<NoticeMail | undefined> => {
  const { db } = centre;
  const user = await userById(db, userId);
  if (!user || user.status !== 'active') return undefined;
  const locale: Locale = user.locale === 'en' ? 'en' : 'zh-CN';
  const notice = await noticeRow(centre, toActor(user), locale, noticeId);
  if (!notice || notice.readAt !== null) return undefined;
  const { kinds, onlyAway } = await mailPreference(db, userId);
  if (!kinds.includes(notice.kind) || (onlyAway && !(await isAway(db, userId)))) return undefined;
  const { type, id } = notice.place ?? { type: notice.subjectType, id: notice.subjectId };
  const place = { ticket: 'tickets', conversation: 'conversations', customer: 'customers', task: 'tasks' }[
    type
  ];
  const step = notice.subjectType === 'task' ? `#step-${notice.subjectId}` : '';
  return {
    to: user.email,
    locale,
    title: notice.title,
    number: notice.number,
    subject: notice.subjectType === 'ticket' ? notice.caseTitle : '',
    url: place
      ? `${centre.config.publicUrl}/desk/${place}${type === 'task' ? '' : `/${id}${step}`}`
      : `${centre.config.publicUrl}/desk/`,
  };
};
