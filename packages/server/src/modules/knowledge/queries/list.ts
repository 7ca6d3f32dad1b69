/** Articles as screens show them. Drafts and retired ones are for those who write. */
import type { QueryOf } from '#contracts/route.ts';
import type {
  ArticleHitView,
  ArticleVersionView,
  ArticleView,
  searchArticles as searchRoute,
} from '#contracts/routes/knowledge.ts';
import type { Audience } from '#contracts/words.ts';
import { may, permit } from '#kernel/actor.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Centre } from '#kernel/centre.ts';
import { decodeCursor, likeText, rowsFor, toPage } from '#kernel/page.ts';
import { notFound } from '#kernel/problem.ts';
import { limitOf, sql } from '#kernel/sql.ts';
import { excerptOf, rankOf, todayOf } from '../rules.ts';
import { saidOf, usesOf, versionColumns } from '../store.ts';
import type { VersionRow } from '../store.ts';
import { inCategory, searchArticles } from './find.ts';
import type { FoundRow } from './find.ts';

const iso = (ms: number) => new Date(ms).toISOString();
/** An article says nothing in English as long as nobody has written it; then Chinese is better than nothing. */
const inLocale = (said: { zh: string; en: string }, locale: string): string =>
  locale === 'en' && said.en ? said.en : said.zh;

const toHit = (
  row: FoundRow,
  { words, locale, today, writes }: { words: string[]; locale: string; today: string; writes: boolean },
): ArticleHitView => ({
  id: row.id,
  state: row.state,
  version: row.version,
  draft: writes && row.newest > row.version ? row.newest : null,
  title: { zh: row.title_zh, en: row.title_en },
  excerpt: excerptOf(inLocale({ zh: row.body_zh, en: row.body_en }, locale), words),
  category: row.category,
  audience: row.audience,
  keywords: row.keywords,
  reviewBy: row.review_by,
  reviewDue: row.review_by !== null && row.review_by <= today,
  used: row.used,
  updatedAt: iso(row.updated_at),
});

type SearchQuery = QueryOf<typeof searchRoute>;
export type ListQuery = {
  limit?: number;
  cursor?: string;
  q?: string;
  match?: 'any' | 'all';
  category?: string;
  audience?: Audience;
  state?: 'draft' | 'published' | 'retired';
  reviewDue?: boolean;
};

export const listArticles = async (
  centre: Centre,
  actor: Actor,
  locale: string,
  { limit = 50, cursor, q = '', match, category, audience, state = 'published', reviewDue }: ListQuery,
) => {
  if (state !== 'published') permit(actor, 'knowledge.write');
  const today = todayOf(centre.clock.now());
  const writes = may(actor, 'knowledge.write');
  const due = reviewDue ? sql`a.review_by <= ${today}::date` : sql`true`;
  if (q.trim() && state === 'published') {
    const { items, words } = await searchArticles(centre.db, q, {
      all: match === 'all',
      limit: Math.min(limit, 50),
      audience,
      category,
      where: due,
    });
    return {
      items: items.map((row) => toHit(row, { words, locale, today, writes })),
      nextCursor: null,
      words,
    };
  }
  const after = decodeCursor(cursor, 2);
  // A draft has no terms yet: its title is looked at.
  const rows = await centre.db.all(sql<FoundRow>`
    select a.id, a.key, a.state, a.version as newest, ${usesOf} as used, a.updated_at, ${versionColumns} from article a join article_version v on v.article_id = a.id and v.version = coalesce(a.published, a.version)
    where a.state = ${state} and ${q.trim() ? sql`a.title ilike ${`%${likeText(q.trim())}%`}` : sql`true`} and ${audience ? sql`a.audience = ${audience}` : sql`true`} and ${category ? inCategory(category) : sql`true`} and ${due}
      and ${after ? sql`(a.updated_at, a.id) < (${new Date(Number(after[0]))}, ${String(after[1])}::uuid)` : sql`true`} order by a.updated_at desc, a.id desc ${limitOf(rowsFor(limit))}`);
  const page = toPage(rows, limit, (row) => [row.updated_at, row.id]);
  return {
    items: page.items.map((row) => toHit(row, { words: [], locale, today, writes })),
    nextCursor: page.nextCursor,
    words: [] as string[],
  };
};

/** For the outside: what fits the words best, for who will read the answer. */
export const rankedArticles = async (
  centre: Centre,
  locale: string,
  { q, audience, category, match, limit }: SearchQuery,
) => {
  const { items, words } = await searchArticles(centre.db, q, {
    all: match === 'all',
    limit,
    // Colleagues read what customers read as well.
    audience: audience === 'public' ? 'public' : undefined,
    category,
  });
  return {
    items: items.map((row) => ({
      key: row.key,
      title: inLocale({ zh: row.title_zh, en: row.title_en }, locale),
      snippet: excerptOf(inLocale({ zh: row.body_zh, en: row.body_en }, locale), words),
      score: rankOf(row),
      id: row.id,
      version: row.version,
      visibility: row.audience,
      category: row.category,
    })),
    nextCursor: null,
    words,
  };
};

/** What somebody may see of an article: those who read, versions that were in force once; those who write, all. */
const seen = (actor: Actor) => (may(actor, 'knowledge.write') ? sql`true` : sql`v.published_at is not null`);

export const articleById = async (
  centre: Centre,
  actor: Actor,
  id: string,
  version?: number,
): Promise<ArticleView> => {
  const row = await centre.db.maybe(sql<
    VersionRow & {
      id: string;
      key: string;
      state: ArticleView['state'];
      published: number | null;
      newest: number;
      used: number;
      updated_at: number;
      author: string | null;
    }
  >`
    select a.id, a.key, a.state, a.published, a.version as newest, ${usesOf} as used, a.updated_at, u.name as author, ${versionColumns} from article a join article_version v on v.article_id = a.id and v.version = ${version ? sql`${version}` : sql`coalesce(a.published, a.version)`} left join app_user u on u.id = v.author_id
    where a.id = ${id}::uuid and ${seen(actor)}`);
  if (!row) throw notFound();
  return {
    id: row.id,
    key: row.key,
    state: row.state,
    published: row.published,
    newest: may(actor, 'knowledge.write') ? row.newest : (row.published ?? row.version),
    used: row.used,
    version: row.version,
    ...saidOf(row),
    keywords: row.keywords,
    category: row.category,
    audience: row.audience,
    reviewBy: row.review_by,
    reviewDue: row.review_by !== null && row.review_by <= todayOf(centre.clock.now()),
    note: row.note,
    authorName: row.author,
    createdAt: iso(row.created_at),
    publishedAt: row.published_at === null ? null : iso(row.published_at),
    updatedAt: iso(row.updated_at),
  };
};

export const articleVersions = async (
  centre: Centre,
  actor: Actor,
  id: string,
): Promise<ArticleVersionView[]> => {
  const rows = await centre.db.all(sql<{
    version: number;
    note: string;
    author: string | null;
    created_at: number;
    published_at: number | null;
    publisher: string | null;
    used: number;
  }>`
    select v.version, v.note, u.name as author, v.created_at, v.published_at, p.name as publisher, (select count(*)::int from article_citation c where c.article_id = v.article_id and c.version = v.version) as used
    from article_version v left join app_user u on u.id = v.author_id left join app_user p on p.id = v.published_by where v.article_id = ${id}::uuid and ${seen(actor)} order by v.version desc`);
  if (rows.length === 0) throw notFound();
  return rows.map((row) => ({
    version: row.version,
    note: row.note,
    authorName: row.author,
    createdAt: iso(row.created_at),
    publishedAt: row.published_at === null ? null : iso(row.published_at),
    publishedByName: row.publisher,
    used: row.used,
  }));
};

/** For customers: the version in force of a public article, and nothing else. */
export const publicArticle = async (centre: Centre, id: string) => {
  const row = await centre.db.maybe(
    sql<VersionRow>`select ${versionColumns} from article a join article_version v on v.article_id = a.id and v.version = a.published where a.id = ${id}::uuid and a.state = 'published' and a.audience = 'public'`,
  );
  if (!row) throw notFound();
  return { id, version: row.version, ...saidOf(row), publishedAt: iso(row.published_at!) };
};
