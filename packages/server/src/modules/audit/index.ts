/** The audit, read and verified. Written by the kernel in the business transaction. */
import * as contract from '#contracts/routes/audit.ts';
import type { Part } from '#kernel/centre.ts';
import { answer } from '#kernel/http.ts';
import { decodeCursor, toPage, rowsFor } from '#kernel/page.ts';
import { limitOf, sql } from '#kernel/sql.ts';
import type { Tx } from '#kernel/sql.ts';

type Row = {
  chain: number;
  seq: number;
  at: number;
  action: string;
  actor_kind: string;
  actor_id: string;
  actor_name: string | null;
  subject_type: string;
  subject_id: string;
  subject_name: string | null;
  body: string;
  hash: Buffer;
};

const uuid = '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$';
/** What the line is about, as people call it; over `audit a`. Customers by their number: the audit names nobody. */
const subjectName = sql`case a.subject_type
  when 'ticket' then (select t.number from ticket t where t.id = a.subject_id::uuid) when 'customer' then (select c.number from customer c where c.id = a.subject_id::uuid)
  when 'record' then (select r.number from record r where r.id = a.subject_id::uuid) when 'user' then (select p.name from app_user p where p.id = a.subject_id::uuid)
  when 'group' then (select g.name from skill_group g where g.id = a.subject_id::uuid) end`;

export type Verdict = { entries: number; broken: { chain: number; seq: number; what: string }[] };

/**
 * Recomputes every chain in SQL. Finds a changed body, a missing or inserted row, and a cut-off end (the head
 * remembers how long the chain is); names the first broken sequence of each chain.
 */
export const verifyAudit = async (tx: Tx): Promise<Verdict> => {
  const { entries } = await tx.one(sql<{ entries: number }>`select count(*)::int as entries from audit`);
  const broken = await tx.all(sql<{ chain: number; seq: number; what: string }>`
    with linked as (
      select chain, seq, hash, body, lag(seq, 1, 0) over w as before, lag(hash) over w as hash_before from audit window w as (partition by chain order by seq)
    ), wrong as (
      select chain, seq, case when seq <> before + 1 then 'an entry is missing before it' else 'its content was changed' end as what from linked
      where seq <> before + 1 or hash <> sha256(coalesce(hash_before, sha256(convert_to('zhike audit chain ' || chain, 'UTF8'))) || convert_to(body, 'UTF8'))
      union all
      select h.chain, h.seq, 'the end of the chain was cut off or its head was changed' from audit_chain h left join lateral (select seq, hash from audit a where a.chain = h.chain order by seq desc limit 1) last on true
      where h.seq <> coalesce(last.seq, 0) or (h.seq > 0 and h.hash <> last.hash)
    )
    select distinct on (chain) chain, seq, what from wrong order by chain, seq`);
  return { entries, broken };
};

export const audit: Part = {
  name: 'audit',
  routes: [
    answer(contract.listAudit, async ({ centre, query }) => {
      const { limit = 50 } = query;
      const after = decodeCursor(query.cursor, 3);
      const rows = await centre.db.all(sql<Row>`
        select a.*, u.name as actor_name, case when a.subject_id ~ ${uuid} then ${subjectName} end as subject_name from audit a left join app_user u on u.id = a.user_id
        where ${query.subjectId ? sql`a.subject_id = ${query.subjectId}` : sql`true`} and ${query.actorId ? sql`a.actor_id = ${query.actorId}` : sql`true`} and ${query.action ? sql`a.action = ${query.action}` : sql`true`}
          and ${after ? sql`(a.at, a.chain, a.seq) < (${new Date(Number(after[0]))}, ${Number(after[1])}::int, ${Number(after[2])}::bigint)` : sql`true`}
        order by a.at desc, a.chain desc, a.seq desc ${limitOf(rowsFor(limit))}`);
      const page = toPage(rows, limit, (row) => [row.at, row.chain, row.seq]);
      return {
        nextCursor: page.nextCursor,
        items: page.items.map((row) => ({
          id: `${row.chain}-${row.seq}`,
          at: new Date(row.at).toISOString(),
          action: row.action,
          actorKind: row.actor_kind,
          actorId: row.actor_id,
          actorName: row.actor_name,
          subjectType: row.subject_type,
          subjectId: row.subject_id,
          subjectName: row.subject_name,
          data: (JSON.parse(row.body) as { data: unknown }).data,
          chain: row.chain,
          seq: row.seq,
          hash: row.hash.toString('hex'),
        })),
      };
    }),
  ],
};
