/** 知识库: articles with versions, found by several words, cited by the messages that answered from them. */
import { route } from '../route.ts';
import type { ResponseOf } from '../route.ts';
import {
  Type,
  obj,
  opt,
  nullable,
  Id,
  Instant,
  PlainDate,
  text,
  title,
  titleOrNone,
  oneOf,
  pageQuery,
  Ok,
} from '../schema.ts';
import type { Static } from '../schema.ts';
import { audiences, versionStates } from '../words.ts';

const tag = 'knowledge';
const byId = obj({ id: Id });
const version = Type.Integer({ minimum: 1, maximum: 100_000 });
const Said = obj({ zh: Type.String(), en: Type.String() });

/** What a version says; plain text, shown as it is. English may be empty. */
export const articleContent = {
  title: obj({ zh: title(120), en: titleOrNone(200) }),
  body: obj({ zh: title(20_000), en: text(20_000) }),
  keywords: Type.Array(title(40), { maxItems: 30 }),
  category: nullable(text(80)),
  audience: oneOf(audiences),
  /** The day by which somebody looks at it again. */
  reviewBy: nullable(PlainDate),
};
/** What the outside calls an article by; its id, unless one was given when it was written. */
const Key = title(120);
export const ArticleHit = obj({
  id: Id,
  state: oneOf(versionStates),
  /** The version in force; the newest of an article that never was. */
  version: Type.Integer(),
  /** A newer version that is not published yet. */
  draft: nullable(Type.Integer()),
  title: Said,
  /** The place of the body where the words stand, in the language of the reader. */
  excerpt: Type.String(),
  category: nullable(Type.String()),
  audience: oneOf(audiences),
  keywords: Type.Array(Type.String()),
  reviewBy: nullable(Type.String()),
  reviewDue: Type.Boolean(),
  /** Messages that answered from it. */
  used: Type.Integer(),
  updatedAt: Instant,
});
export type ArticleHitView = Static<typeof ArticleHit>;
export const listArticles = route({
  method: 'GET',
  path: '/articles',
  access: 'knowledge.read',
  tag,
  summary:
    'Articles, newest first; with q the 50 best, those that hold all words before those that hold some. Words are parted by spaces, alternatives by |.',
  query: obj({
    ...pageQuery,
    q: opt(text(200)),
    /** all: only articles that hold every word. */
    match: opt(oneOf(['any', 'all'] as const)),
    category: opt(text(80)),
    audience: opt(oneOf(audiences)),
    state: opt(oneOf(versionStates)),
    /** Only those whose day of review has come. */
    reviewDue: opt(Type.Boolean()),
  }),
  response: obj({
    items: Type.Array(ArticleHit),
    nextCursor: nullable(Type.String()),
    /** What was looked for, for marking. */
    words: Type.Array(Type.String()),
  }),
});
export const searchArticles = route({
  method: 'GET',
  path: '/articles/search',
  access: 'knowledge.read',
  tag,
  summary:
    'The best published articles for words, ranked. `audience` is who will read the answer: `public` keeps internal articles out, `internal` and none look through all.',
  query: obj({
    q: text(200, 1),
    audience: opt(oneOf(audiences)),
    category: opt(text(80)),
    match: opt(oneOf(['any', 'all'] as const)),
    limit: opt(Type.Integer({ minimum: 1, maximum: 50 })),
  }),
  response: obj({
    items: Type.Array(
      obj({
        key: Type.String(),
        /** In the language of the reader, where it is written in it. */
        title: Type.String(),
        snippet: Type.String(),
        /** Higher is better, comparable within one answer only. */
        score: Type.Number(),
        id: Id,
        version: Type.Integer(),
        visibility: oneOf(audiences),
        category: nullable(Type.String()),
      }),
    ),
    /** There is no further page: these are the best. */
    nextCursor: Type.Null(),
    /** What was looked for, for marking. */
    words: Type.Array(Type.String()),
  }),
});
export const Proposal = obj({
  id: Id,
  version: Type.Integer(),
  title: Said,
  body: Said,
  audience: oneOf(audiences),
  used: Type.Integer(),
});
export type ProposalView = Static<typeof Proposal>;
export const proposeArticles = route({
  method: 'GET',
  path: '/articles/proposals',
  access: 'knowledge.read',
  tag,
  summary: 'Up to five articles for a case by its subject and category, or by words typed, with their text.',
  query: obj({ q: opt(text(200)), category: opt(text(80)), audience: opt(oneOf(audiences)) }),
  response: obj({ items: Type.Array(Proposal) }),
});
export const ArticleVersion = obj({
  version: Type.Integer(),
  note: Type.String(),
  authorName: nullable(Type.String()),
  createdAt: Instant,
  publishedAt: nullable(Instant),
  publishedByName: nullable(Type.String()),
  used: Type.Integer(),
});
export type ArticleVersionView = Static<typeof ArticleVersion>;
export const Article = obj({
  id: Id,
  key: Type.String(),
  state: oneOf(versionStates),
  published: nullable(Type.Integer()),
  newest: Type.Integer(),
  used: Type.Integer(),
  /** The version shown. */
  version: Type.Integer(),
  ...articleContent,
  note: Type.String(),
  authorName: nullable(Type.String()),
  createdAt: Instant,
  publishedAt: nullable(Instant),
  reviewDue: Type.Boolean(),
  updatedAt: Instant,
});
export type ArticleView = Static<typeof Article>;
export const getArticle = route({
  method: 'GET',
  path: '/articles/:id',
  access: 'knowledge.read',
  tag,
  summary: 'One article in the version in force or another; drafts only for those who write.',
  params: byId,
  query: obj({ version: opt(version) }),
  response: Article,
});
export const listArticleVersions = route({
  method: 'GET',
  path: '/articles/:id/versions',
  access: 'knowledge.read',
  tag,
  summary: 'Versions, newest first, each with author, note and uses; drafts only for those who write.',
  params: byId,
  response: obj({ items: Type.Array(ArticleVersion) }),
});
const note = text(300);
export const createArticle = route({
  method: 'POST',
  path: '/articles',
  access: 'knowledge.write',
  tag,
  summary: 'Writes a new article as a draft.',
  body: obj({ key: opt(Key), ...articleContent, note }),
  response: obj({ id: Id, version: Type.Integer() }),
  status: 201,
  errors: ['ARTICLE_KEY_TAKEN', 'CATEGORY_UNKNOWN', 'VALIDATION'],
});
/** One line of an import, the Chinese words of an article. */
export const ArticleLine = obj({
  key: Key,
  title: articleContent.title.properties.zh,
  body: articleContent.body.properties.zh,
  visibility: oneOf(audiences),
  tags: opt(articleContent.keywords),
});
export const importArticles = route({
  method: 'POST',
  path: '/articles/import',
  access: 'knowledge.write',
  tag,
  summary:
    'Articles as JSON lines `{key, title, body, visibility, tags}`, in force at once. A known key becomes the next version when its words differ and stays as it is when they do not; wrong lines are told with line and field, right ones kept.',
  consumes: 'application/x-ndjson',
  /** With `dryRun` nothing is kept: the answer says what would be. */
  query: obj({ dryRun: opt(Type.Boolean()) }),
  response: obj({
    created: Type.Integer(),
    changed: Type.Integer(),
    unchanged: Type.Integer(),
    refused: Type.Array(obj({ line: Type.Integer(), zh: Type.String(), en: Type.String() })),
  }),
  errors: ['TOO_LARGE', 'UNSUPPORTED_TYPE', 'ARTICLE_STATE'],
  bodyLimit: 15 * 1024 * 1024,
});
export type ArticlesImported = ResponseOf<typeof importArticles>;
export const changeArticle = route({
  method: 'PUT',
  path: '/articles/:id',
  access: 'knowledge.write',
  tag,
  summary: 'Writes the next version; base is the newest one it was made from.',
  params: byId,
  body: obj({ base: version, ...articleContent, note }),
  response: obj({ id: Id, version: Type.Integer() }),
  errors: ['CATEGORY_UNKNOWN', 'STALE_VERSION', 'VALIDATION'],
});
export const publishArticle = route({
  method: 'POST',
  path: '/articles/:id/publish',
  access: 'knowledge.write',
  tag,
  summary: 'Puts the newest version in force; it is found and answered from at once.',
  params: byId,
  body: obj({ version }),
  response: Ok,
  errors: ['STALE_VERSION'],
});
export const retireArticle = route({
  method: 'POST',
  path: '/articles/:id/retire',
  access: 'knowledge.write',
  tag,
  summary: 'Takes an article out of use; its versions stay readable where they were cited.',
  params: byId,
  body: obj({ reason: text(300) }),
  response: Ok,
  errors: ['ARTICLE_STATE', 'REASON_REQUIRED'],
});

export const HelpHit = obj({ id: Id, title: Said, excerpt: Type.String() });
export type HelpHitView = Static<typeof HelpHit>;
export const searchHelp = route({
  method: 'GET',
  path: '/portal/help',
  access: 'public',
  tag: 'portal',
  summary: 'Public articles: the most used ones, or those that hold the words.',
  query: obj({ q: opt(text(100)) }),
  response: obj({ items: Type.Array(HelpHit), words: Type.Array(Type.String()) }),
  ratePerMinute: 60,
});
export const HelpArticle = obj({
  id: Id,
  version: Type.Integer(),
  title: Said,
  body: Said,
  publishedAt: Instant,
});
export type HelpArticleView = Static<typeof HelpArticle>;
export const getHelp = route({
  method: 'GET',
  path: '/portal/help/:id',
  access: 'public',
  tag: 'portal',
  summary: 'One public article as it is in force.',
  params: byId,
  response: HelpArticle,
  ratePerMinute: 120,
});
