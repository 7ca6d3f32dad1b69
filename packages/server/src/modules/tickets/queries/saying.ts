/** SD3n-02: tickets by what was said and sent, beside their number, subject and customer. */
import type { Actor } from '#kernel/actor.ts';
import { likeText } from '#kernel/page.ts';
import { sql } from '#kernel/sql.ts';
import type { Tx } from '#kernel/sql.ts';
import { mayRead } from '../store.ts';

export type Said = { id: string; number: string; subject: string; customerName: string };

/** Two characters are a word in Chinese; one would find everything. */
const shortest = 2;
/** How far back words in messages are looked for; attachments, questions and solutions are found from ever. */
const messageDays = 90;

/** Tickets whose question, solution, notes, mails, talks or names of attachments hold a text, the newest first. */
export const ticketsSaying = async (
  tx: Tx,
  actor: Actor,
  { q, limit, now }: { q: string; limit: number; now: number },
): Promise<Said[]> => {
  if ([...q.trim()].length < shortest) return [];
  const like = `%${likeText(q.trim())}%`;
  return tx.all(sql<Said>`
    with threads as (
      select f.thread_id as id from file f where f.thread_id is not null and f.name ilike ${like}
      union select m.thread_id from message m join thread h on h.id = m.thread_id where h.last_message_at > ${new Date(now - messageDays * 86_400_000)} and m.visibility <> 'system' and m.body ilike ${like}
    ), found as (
      select id from threads
      union select tc.ticket_id from threads s join ticket_conversation tc on tc.conversation_id = s.id
    )
    select t.id, t.number, t.subject, t.customer_name as "customerName" from ticket t
    where ${mayRead(actor)} and (t.id in (select id from found) or t.description ilike ${like} or t.resolution::text ilike ${like})
    order by t.created_at desc, t.id desc limit ${limit}`);
};
