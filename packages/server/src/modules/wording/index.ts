/** Wording: warns before words go out, counts what went out all the same. The only door for other modules. */
import * as contract from '#contracts/routes/wording.ts';
import { findPhrases, improved } from '#contracts/phrases.ts';
import type { PhraseKind } from '#contracts/phrases.ts';
import { scopeOf, scopeSql } from '#kernel/actor.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Centre, Part } from '#kernel/centre.ts';
import type { EventRecord } from '#kernel/command.ts';
import { answer } from '#kernel/http.ts';
import { decodeCursor, toPage } from '#kernel/page.ts';
import { json, sql } from '#kernel/sql.ts';
import { mayReadTalk } from '#modules/conversations/index.ts';
import { settingCached } from '#modules/settings/index.ts';
import { mayRead } from '#modules/tickets/index.ts';

type Period = { from?: string; to?: string; groupId?: string };
/** Hits of a period, of the people whose reports the reader may read. */
const within = (actor: Actor, { from, to, groupId }: Period) => {
  const people = scopeSql(actor, 'report.read', {
    owners: ['h.user_id'],
    group: 'gm.group_id',
    channel: 'gm.group_id',
  });
  const member = sql`exists (select 1 from group_member gm where gm.user_id = h.user_id and (${groupId ?? null}::uuid is null or gm.group_id = ${groupId ?? null}::uuid) and ${people})`;
  // Who reads all reads those too who are in no group.
  return sql`${from ? sql`h.at >= ${new Date(from)}` : sql`true`} and ${to ? sql`h.at < ${new Date(to)}` : sql`true`} and ${!groupId && scopeOf(actor, 'report.read') === 'all' ? sql`true` : member}`;
};

type HitRow = {
  id: string;
  at: number;
  user_id: string;
  name: string;
  kind: PhraseKind;
  phrase: string;
  ticket_id: string | null;
  conversation_id: string | null;
  message_id: string;
  excerpt: string | null;
};
const listHits = async (
  { db }: Centre,
  actor: Actor,
  {
    limit = 50,
    cursor,
    userId,
    kind,
    ...period
  }: Period & { limit?: number; cursor?: string; userId?: string; kind?: PhraseKind },
) => {
  const after = decodeCursor(cursor, 2);
  const rows = await db.all(sql<HitRow>`
    select h.id, h.at, h.user_id, u.name, h.kind, h.phrase, h.message_id, t.id as ticket_id, v.id as conversation_id, case when t.id is not null or v.id is not null then left(m.body, 200) end as excerpt
    from wording_hit h join app_user u on u.id = h.user_id join message m on m.id = h.message_id
      left join ticket t on t.id = h.thread_id and ${mayRead(actor)} left join conversation v on v.id = h.thread_id and ${mayReadTalk(actor)}
    where ${within(actor, period)} and ${userId ? sql`h.user_id = ${userId}::uuid` : sql`true`} and ${kind ? sql`h.kind = ${kind}` : sql`true`}
      and ${after ? sql`(h.at, h.id) < (${new Date(Number(after[0]))}, ${String(after[1])}::uuid)` : sql`true`} order by h.at desc, h.id desc limit ${limit + 1}`);
  const page = toPage(rows, limit, (row) => [row.at, row.id]);
  return {
    ...page,
    items: page.items.map((row) => ({
      id: row.id,
      at: new Date(row.at).toISOString(),
      userId: row.user_id,
      userName: row.name,
      kind: row.kind,
      text: row.phrase,
      ticketId: row.ticket_id,
      conversationId: row.conversation_id,
      messageId: row.message_id,
      excerpt: row.excerpt,
    })),
  };
};

export const wording: Part = {
  name: 'wording',
  routes: [
    answer(contract.checkWording, async ({ centre, body }) => {
      const { items } = await settingCached(centre.db, 'wording', centre.clock.now());
      const hits = findPhrases(body.text, items, body.scenario);
      return {
        hits: hits.map(({ kind, text, better, at }) => ({ kind, text, better: better ?? null, at })),
        improved: improved(body.text, hits),
      };
    }),
    answer(contract.listWordingHits, ({ centre, actor, query }) => listHits(centre, actor, query)),
    answer(contract.wordingByAgent, async ({ centre, actor, query }) => ({
      items: await centre.db.all(
        sql<{
          userId: string;
          userName: string;
          kind: PhraseKind;
          count: number;
        }>`select h.user_id as "userId", u.name as "userName", h.kind, count(*)::int as count from wording_hit h join app_user u on u.id = h.user_id where ${within(actor, query)} group by 1, 2, 3 order by 4 desc, 2, 3`,
      ),
    })),
  ],
  reactions: [
    {
      name: 'wording.count',
      on: ['message.posted'],
      when: (event) => {
        const { authorKind, visibility, automatic } = (event as EventRecord<'message.posted'>).data;
        return authorKind === 'agent' && visibility === 'public' && !automatic;
      },
      react: async ({ tx, centre, now, newId }, event) => {
        const { items } = await settingCached(centre.db, 'wording', now);
        const { messageId } = (event as EventRecord<'message.posted'>).data;
        const message = await tx.maybe(
          sql<{
            body: string;
            author_id: string | null;
            thread_id: string;
          }>`select body, author_id, thread_id from message where id = ${messageId}::uuid`,
        );
        if (!message?.author_id) return;
        const hits = findPhrases(message.body, items).map(({ kind, text }) => ({
          id: newId(),
          kind,
          phrase: text,
        }));
        if (hits.length === 0) return;
        await tx.run(sql`
          insert into wording_hit (id, at, user_id, kind, phrase, thread_id, message_id)
          select r.id, ${new Date(event.at)}, ${message.author_id}::uuid, r.kind, r.phrase, ${message.thread_id}::uuid, ${messageId}::uuid from jsonb_to_recordset(${json(hits)}::jsonb) as r(id uuid, kind text, phrase text) on conflict do nothing`);
      },
    },
  ],
};
