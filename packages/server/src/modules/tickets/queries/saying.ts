/** SD3n-02: tickets by what was said and sent, beside their number, subject and customer. */
import type { Actor } from '#kernel/actor.ts';
import { likeText } from '#kernel/page.ts';
import { limitOf, sql } from '#kernel/sql.ts';
import type { SqlFragment, Tx } from '#kernel/sql.ts';
import { mayRead } from '../store.ts';

export type Said = { id: string; number: string; subject: string; customerName: string };

/** How many of the newest messages and tickets are looked through before the index of pairs is asked. */
const newest = 20_000;

/** `holds`: does this column hold the text? What has no upper case is compared as it is, five times as fast. */
const wordsIn = (text: string) => {
  const like = `%${likeText(text)}%`;
  const cased = text.toLowerCase() !== text.toUpperCase();
  return (column: SqlFragment): SqlFragment =>
    cased ? sql`${column} ilike ${like}` : sql`${column} like ${like}`;
};

/**
 * Tickets whose question, solution, notes, mails, talks or names of attachments hold a text, the newest first. A
 * common word fills the answer from what is newest; for a rare one the index leads to the few that have it. Less than
 * two characters beside each other find nothing: one would find everything.
 */
export const ticketsSaying = async (
  tx: Tx,
  actor: Actor,
  { q, limit }: { q: string; limit: number },
): Promise<Said[]> => {
  const text = q.trim();
  if (!/\S\S/u.test(text)) return [];
  const holds = wordsIn(text);
  const among = (messages: SqlFragment, words: SqlFragment) =>
    tx.all(sql<Said>`
    with threads as (
      select f.thread_id as id from file f where f.thread_id is not null and f.name ilike ${`%${likeText(text)}%`}
      union select m.thread_id from ${messages} where ${holds(sql`m.body`)}
    ), found as (
      select id from threads
      union select tc.ticket_id from threads s join ticket_conversation tc on tc.conversation_id = s.id
      union select w.ticket_id from ${words} where ${holds(sql`w.words`)}
    )
    select t.id, t.number, t.subject, t.customer_name as "customerName" from ticket t
    where ${mayRead(actor)} and t.id in (select id from found) order by t.created_at desc, t.id desc ${limitOf(limit)}`);
  const recent = await among(
    sql`(select thread_id, body from message where visibility <> 'system' order by id desc ${limitOf(newest)}) m`,
    sql`(select * from ticket_words order by ticket_id desc ${limitOf(newest)}) w`,
  );
  if (recent.length >= limit) return recent;
  const pairs = sql`pairs_of(${text})`;
  return among(
    sql`(select thread_id, body from message where visibility <> 'system' and pairs_of(body) @> ${pairs}) m`,
    sql`(select * from ticket_words where pairs_of(words) @> ${pairs}) w`,
  );
};
