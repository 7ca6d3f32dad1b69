/** Where a mail belongs. Subject numbers never decide (P13): they are known to anybody who ever saw one. */
import type { Tx } from '#kernel/sql.ts';
import { sql } from '#kernel/sql.ts';
import type { EmailAddress } from './address.ts';
import type { ParsedMail } from './parsed-mail.ts';
import type { CorrespondenceRow } from './store.ts';
import { findByForeignIds, findByTokens } from './store.ts';

export type Place =
  /** A known thread; `verified`: the sender is the one we write with. */
  { kind: 'known'; row: CorrespondenceRow; verified: boolean } | { kind: 'new'; forged: boolean };

/** Whether an address is one of the customer's own, of whom the thread is. */
const isCustomers = async (
  tx: Tx,
  { threadId, of }: CorrespondenceRow,
  from: EmailAddress,
): Promise<boolean> =>
  !!(await tx.maybe(
    of === 'conversation'
      ? sql`select 1 from conversation v join customer_identity i on i.customer_id = v.customer_id where v.id = ${threadId}::uuid and i.kind = 'email' and i.value = ${from}`
      : sql`select 1 from ticket k join customer_identity i on i.customer_id = k.customer_id where k.id = ${threadId}::uuid and i.kind = 'email' and i.value = ${from}`,
  ));

export const placeOf = async (
  tx: Tx,
  secret: string,
  own: ReadonlySet<string>,
  channelId: string,
  mail: ParsedMail,
  from: EmailAddress,
): Promise<Place> => {
  const ids = [...new Set([...mail.inReplyTo, ...mail.references.toReversed()])];
  const { found, forged } = await findByTokens(tx, secret, own, mail.recipients, ids, false);
  if (found)
    return {
      kind: 'known',
      row: found,
      verified: found.recipient === from || (await isCustomers(tx, found, from)),
    };
  if (forged) return { kind: 'new', forged: true };
  const row = ids.length > 0 ? await findByForeignIds(tx, channelId, ids, from) : undefined;
  return row ? { kind: 'known', row, verified: true } : { kind: 'new', forged: false };
};

/** Ticket numbers that a subject names and that exist: a hint for people. */
export const numbersIn = async (tx: Tx, subject: string): Promise<string[]> => {
  const words = [...new Set(subject.match(/[A-Za-z]{0,4}-?\d{5,}(?:-\d+)?/g) ?? [])]
    .slice(0, 10)
    .map((word) => word.toUpperCase());
  if (words.length === 0) return [];
  return (
    await tx.all(
      sql<{
        number: string;
      }>`select number from ticket where number = any(${words}::text[]) order by number limit 5`,
    )
  ).map(({ number }) => number);
};
