import { obj, text } from '#contracts/schema.ts';
import { command } from '#kernel/command.ts';
import type { Context } from '#kernel/command.ts';
import { sha256 } from '#kernel/http.ts';
import { sql } from '#kernel/sql.ts';

const passMinutes = 30;
const hourMs = 3_600_000;
/** Ten thousand tails are guessable: ten tries an hour for one number, sixty per address. */
const triesPerNumber = 10;
const triesPerAddress = 60;

/** Counts a try; the seconds to wait when it is one too many. */
const taken = async ({ tx, now }: Context, key: string, most: number): Promise<number> => {
  const { count, since } = await tx.one(
    sql<{
      count: number;
      since: number;
    }>`insert into attempt (key, count, since) values (${key}, 1, ${new Date(now)}) on conflict (key) do update set count = case when attempt.since < ${new Date(now - hourMs)} then 1 else attempt.count + 1 end, since = case when attempt.since < ${new Date(now - hourMs)} then excluded.since else attempt.since end returning count, since`,
  );
  return count > most ? Math.max(1, Math.ceil((since + hourMs - now) / 1000)) : 0;
};

export type LookedUp =
  | { found: true; ticketId: string }
  /** Zero seconds: number and tail do not belong together. */
  | { found: false; waitSeconds: number };

/**
 * Number and phone tail → a pass for one ticket and 30 minutes, kept as its hash. A refusal is an answer, not a throw:
 * the try has to stay counted.
 */
export const lookUpTicket = command({
  name: 'portal.look-up',
  permission: null,
  input: obj({ number: text(40, 1), tail: text(4, 4), ip: text(80), pass: text(80, 16) }),
  run: async (context, { number, tail, ip, pass }): Promise<LookedUp> => {
    const { tx, now, audit } = context;
    const waitSeconds =
      (await taken(context, `lookup:${number}`, triesPerNumber)) ||
      (await taken(context, `lookup:${ip}`, triesPerAddress));
    if (waitSeconds > 0) return { found: false, waitSeconds };
    const row = await tx.maybe(
      sql<{
        id: string;
      }>`select t.id from ticket t join customer_identity i on i.customer_id = t.customer_id and i.kind = 'phone' and i.value like ${`%${tail}`} where t.number = ${number.trim().toUpperCase()} and t.purged_at is null limit 1`,
    );
    if (!row) return { found: false, waitSeconds: 0 };
    await tx.run(
      sql`insert into progress_pass (token_hash, ticket_id, expires_at) values (${sha256(pass)}, ${row.id}::uuid, ${new Date(now + passMinutes * 60_000)})`,
    );
    await tx.run(sql`delete from attempt where key = ${`lookup:${number}`}`);
    audit('ticket', row.id);
    return { found: true, ticketId: row.id };
  },
});
