/** Finding: PostgreSQL counts what each article holds by its terms alone, the best are read and put in order by the rules. */
import type { Audience } from '#contracts/words.ts';
import { json, limitOf, sql } from '#kernel/sql.ts';
import type { SqlFragment, Tx } from '#kernel/sql.ts';
import { compare, isProposed, measure, plain, wantedIn, weights, wordsOf } from '../rules.ts';
import type { Measured, Wanted } from '../rules.ts';
import { textsOf, usesOf, versionColumns } from '../store.ts';
import type { VersionRow } from '../store.ts';

export type Narrow = { audience?: Audience; category?: string; where?: SqlFragment };
export type FoundRow = VersionRow & {
  id: string;
  key: string;
  state: 'draft' | 'published' | 'retired';
  newest: number;
  used: number;
  updated_at: number;
};
type Found = FoundRow & Measured;

/** Articles of more than these would have to be read to be put in order; the best stand among them by their terms. */
const candidates = 60;

/** A category holds what stands below it. */
export const inCategory = (category: string): SqlFragment =>
  sql`(a.category = ${category} or starts_with(a.category, ${`${category}.`}))`;
const narrowed = ({ audience, category, where = sql`true` }: Narrow): SqlFragment =>
  sql`a.state = 'published' and ${audience ? sql`a.audience = ${audience}` : sql`true`} and ${category ? inCategory(category) : sql`true`} and ${where}`;

/** Each alternative three times: anywhere, in the keywords, in the title. One bit for each thing wanted, of 24. */
const lookedFor = (wanted: readonly Wanted[]) =>
  wanted.flatMap((one, at) =>
    one.flatMap(({ terms }) => [
      { bit: 1 << at, weight: weights.body, terms },
      { bit: 1 << at, weight: weights.keywords, terms: terms.map((term) => `#${term}`) },
      { bit: 1 << at, weight: weights.title, terms: terms.map((term) => `^${term}`) },
    ]),
  );

const read = (tx: Tx, ids: SqlFragment): Promise<FoundRow[]> =>
  tx.all(
    sql<FoundRow>`select a.id, a.key, a.state, a.version as newest, ${usesOf} as used, a.updated_at, ${versionColumns} from article a join article_version v on v.article_id = a.id and v.version = a.published where a.id in (${ids})`,
  );
const measured = (wanted: readonly Wanted[], row: FoundRow): Found => {
  const { title, keywords, body } = textsOf(row);
  return {
    ...row,
    ...measure(wanted, { title: plain(title), keywords: plain(keywords), body: plain(body) }),
  };
};

const idsHolding = (wanted: readonly Wanted[], narrow: Narrow, all: boolean): SqlFragment => sql`
  select h.id from jsonb_to_recordset(${json(lookedFor(wanted))}::jsonb) as w(bit int, weight int, terms text[])
  cross join lateral (select a.id from article a where a.terms @> w.terms and ${narrowed(narrow)}) h
  group by h.id having ${all ? sql`bit_or(w.bit) = ${(1 << wanted.length) - 1}` : sql`true`} order by bit_count(bit_or(w.bit)::bit(32)) desc, sum(w.weight) desc, h.id desc ${limitOf(candidates)}`;

/** Published articles that hold the words, best first, 50 at most; what was looked for, to be marked. */
export const searchArticles = async (
  tx: Tx,
  query: string,
  { all = false, limit = 50, ...narrow }: Narrow & { all?: boolean; limit?: number } = {},
): Promise<{ items: Found[]; words: string[] }> => {
  const wanted = wantedIn(query);
  if (wanted.length === 0) return { items: [], words: [] };
  const rows = await read(tx, idsHolding(wanted, narrow, all));
  const items = rows
    .map((row) => measured(wanted, row))
    .filter(({ held }) => held > 0 && (!all || held === wanted.length))
    .toSorted(compare);
  return { items: items.slice(0, limit), words: wordsOf(wanted) };
};

/** For a case: by its words and its category; the very category outweighs a word of a title. */
export const articlesFor = async (
  tx: Tx,
  { q = '', category, audience }: { q?: string; category?: string; audience?: Audience },
): Promise<Found[]> => {
  const wanted = wantedIn(q);
  const same = sql`select id from (select a.id from article a where ${narrowed({ audience })} and a.category = ${category ?? ''} order by ${usesOf} desc, a.id desc ${limitOf(10)}) s`;
  const rows = await read(
    tx,
    wanted.length > 0
      ? sql`select id from (${idsHolding(wanted, { audience }, false)}) f union ${same}`
      : same,
  );
  return rows
    .map((row) => measured(wanted, row))
    .filter((row) => isProposed(row, row.category === category))
    .toSorted((a, b) => {
      const bonus = (row: Found) => (row.category === category ? weights.title : 0);
      return b.score + bonus(b) - (a.score + bonus(a)) || compare(a, b);
    })
    .slice(0, 5);
};

/** Of the public ones, those that helped most often. */
export const mostUsed = (tx: Tx, rows: number): Promise<FoundRow[]> =>
  tx.all(
    sql<FoundRow>`select a.id, a.key, a.state, a.version as newest, ${usesOf} as used, a.updated_at, ${versionColumns} from article a join article_version v on v.article_id = a.id and v.version = a.published where a.state = 'published' and a.audience = 'public' order by used desc, a.updated_at desc, a.id desc ${limitOf(rows)}`,
  );
