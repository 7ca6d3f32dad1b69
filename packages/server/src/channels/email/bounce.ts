/** Delivery reports: they belong to the mail they are about, and are never a message of a customer (P25). */
import type { Context } from '#kernel/command.ts';
import { sql } from '#kernel/sql.ts';
import { markDelivery } from '#modules/conversations/index.ts';
import { oneLine } from './address.ts';
import type { ParsedMail } from './parsed-mail.ts';
import { findByTokens } from './store.ts';
import { say } from './texts.ts';

type Returned = { id: string; message_id: string | null };

/** The mail a report is about: by the Message-ID inside it (unguessable), else the newest to the return path's bearer. */
const originalOf = async (
  { tx, centre }: Context,
  own: ReadonlySet<string>,
  mail: ParsedMail,
): Promise<Returned | undefined> => {
  const ids = [mail.report?.originalId, ...mail.references, ...mail.inReplyTo].filter(
    (id): id is string => !!id,
  );
  const named = await tx.maybe(
    sql<Returned>`select id, message_id from outbound_mail where header_id = any(${ids}::text[]) order by id desc limit 1`,
  );
  if (named) return named;
  const { found } = await findByTokens(tx, centre.config.secret, own, mail.recipients, [], true);
  return found
    ? tx.maybe(
        sql<Returned>`select id, message_id from outbound_mail where ref = ${found.ref} and attempts > 0 order by id desc limit 1`,
      )
    : undefined;
};

/** Attaches a report; undefined when it is about no mail of ours. */
export const takeBounce = async (
  context: Context,
  own: ReadonlySet<string>,
  mail: ParsedMail,
): Promise<Returned | undefined> => {
  const original = await originalOf(context, own, mail);
  if (!original || mail.report?.action === 'delayed') return original;
  const delivered =
    mail.report?.action === 'delivered' ||
    mail.report?.action === 'relayed' ||
    mail.report?.action === 'expanded';
  const error = oneLine(
    `${say('undelivered')} ${mail.report?.status ?? ''} ${mail.report?.diagnostic ?? ''}`,
    500,
  );
  if (!delivered)
    await context.tx.run(
      sql`update outbound_mail set state = 'failed', error = ${error}, done_at = ${new Date(context.now)}, lease_until = null, lease_owner = null where id = ${original.id}::uuid`,
    );
  if (original.message_id)
    await markDelivery(
      context,
      original.message_id,
      delivered ? 'delivered' : 'failed',
      delivered ? null : error,
    );
  return original;
};
