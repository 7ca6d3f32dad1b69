/** Notices: who is told what, once per case, until read or acknowledged. The only door for other modules. */
import * as contract from '#contracts/routes/notices.ts';
import type { Part } from '#kernel/centre.ts';
import { send } from '#kernel/command.ts';
import { answer } from '#kernel/http.ts';
import { notFound } from '#kernel/problem.ts';
import { sql } from '#kernel/sql.ts';
import { mailPreference, preferMail } from './mail.ts';
import { listNotices, noticeById } from './queries.ts';
import { acknowledge, escalate, noticeReactions, readMine } from './raise.ts';

export { noticeMail, preferMail } from './mail.ts';
export type { NoticeMail } from './mail.ts';
export { acknowledge, readMine } from './raise.ts';
export { unacknowledged } from './queries.ts';

export const notices: Part = {
  name: 'notices',
  inTransaction: [
    {
      on: ['ticket.purged', 'conversation.purged'],
      react: ({ tx }, event) => tx.later(sql`delete from notice where subject_id = ${event.subjectId}::uuid`),
    },
  ],
  routes: [
    answer(contract.listNotices, ({ centre, actor, locale, query }) =>
      listNotices(centre, actor, locale, query),
    ),
    answer(contract.getNoticeMail, ({ centre, actor }) => mailPreference(centre.db, actor.id)),
    answer(contract.putNoticeMail, ({ centre, actor, body }) => send(centre, preferMail, body, actor)),
    answer(contract.readNotices, async ({ centre, actor, body }) => {
      await send(centre, readMine, body, actor);
      return { ok: true };
    }),
    answer(contract.ackNotice, async ({ centre, actor, locale, params }) => {
      await send(centre, acknowledge, { id: params.id }, actor);
      const view = await noticeById(centre, actor, locale, params.id);
      if (!view) throw notFound();
      return view;
    }),
  ],
  reactions: noticeReactions,
  due: { 'notices.escalate': escalate },
};
