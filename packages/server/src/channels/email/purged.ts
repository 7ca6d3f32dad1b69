/** What mail keeps of a purged thread goes with it: raw mails, the outbox, and with whom it was written. */
import type { InTransaction } from '#kernel/centre.ts';
import { sql } from '#kernel/sql.ts';

export const forgetRaw: InTransaction = async ({ tx }, { subjectId }) =>
  tx.later(sql`delete from inbound_raw where id = ${subjectId}::uuid and message_id is null`);

export const forgetMail: InTransaction = async ({ tx }, { subjectId }) => {
  await tx.later(
    sql`delete from inbound_raw where message_id in (select id from message where thread_id = ${subjectId}::uuid)`,
  );
  await tx.later(sql`delete from outbound_mail where thread_id = ${subjectId}::uuid`);
  await tx.later(sql`delete from correspondence where thread_id = ${subjectId}::uuid`);
};
