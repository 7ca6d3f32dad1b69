/** E-mail: raw mails in by the pipe door, parsed in a cage, threaded by proof; replies out through an outbox. */
import * as contract from '#contracts/routes/channels.ts';
import type { Centre, Part } from '#kernel/centre.ts';
import { send } from '#kernel/command.ts';
import { answer } from '#kernel/http.ts';
import { gauge, registry } from '#kernel/metrics.ts';
import { sql } from '#kernel/sql.ts';
import { acceptMail } from './accept.ts';
import { answerReactions } from './answers.ts';
import { mailNotice } from './notice.ts';
import { forgetMail, forgetRaw } from './purged.ts';
import { quarantineRoutes } from './quarantine.ts';
import { closeParser, readMail } from './read.ts';
import { createSender } from './sender.ts';

export { acceptMail } from './accept.ts';
export { mailCustomer, sendMail } from './answers.ts';
export type { MailRequest, MailResult } from './answers.ts';
export { parseAddress } from './address.ts';
export type { EmailAddress } from './address.ts';
export { createSender } from './sender.ts';
export { mailStaff } from './staff.ts';
export { releaseMail } from './quarantine.ts';

const figures = [
  {
    name: 'mail_inbound_waiting',
    help: 'Mails accepted and not yet read',
    query: sql<{
      n: number;
    }>`select count(*)::int as n from inbound_raw where state in ('accepted', 'released')`,
  },
  {
    name: 'mail_held',
    help: 'Mails in quarantine',
    query: sql<{
      n: number;
    }>`select count(*)::int as n from inbound_raw where cause is not null and state = 'held'`,
  },
  {
    name: 'mail_outbox_waiting',
    help: 'Mails waiting to be sent',
    query: sql<{
      n: number;
    }>`select count(*)::int as n from outbound_mail where state in ('queued', 'sending')`,
  },
];
/** The registry is the process's; the newest centre of it is asked. */
const showFigures = ({ db }: Centre): void => {
  for (const { name, help, query } of figures) {
    registry.removeSingleMetric(`zhike_${name}`);
    gauge(name, help, async () => (await db.one(query)).n);
  }
};

export const email: Part = {
  name: 'email',
  subjects: { mail: { permission: 'operations.read' }, security: { permission: 'audit.read' } },
  routes: [
    answer(contract.inboundEmail, ({ centre, actor, params, body }) =>
      send(centre, acceptMail, { channelId: params.id, raw: body as unknown as Buffer }, actor),
    ),
    ...quarantineRoutes,
  ],
  inTransaction: [
    { on: ['ticket.purged', 'conversation.purged'], react: forgetMail },
    { on: ['mail.purged'], react: forgetRaw },
  ],
  reactions: [readMail, ...answerReactions, mailNotice],
  start: async (centre, role) => {
    showFigures(centre);
    if (role === 'web') return closeParser;
    const sender = createSender(centre);
    sender.start();
    return async () => {
      await sender.stop();
      await closeParser();
    };
  },
};
