-- 知识库: answers of the house. Every version stays; search, customers and messages know published ones only.
create table article (
  id uuid primary key,
  state text not null default 'draft' check (state in ('draft', 'published', 'retired')),
  -- The newest version, and the one that is or was in force.
  version int not null,
  published int,
  -- As in the version in force, or in the newest while none was: what lists filter by.
  title text not null,
  audience text not null check (audience in ('internal', 'public')),
  category text,
  review_by date,
  -- What it is found by: pairs of characters and words, `^` before those of the title, `#` before keywords. Filled on publishing.
  terms text[] not null default '{}',
  updated_at timestamptz not null
);
create index article_terms on article using gin (terms) where state = 'published';
create index article_newest on article (state, updated_at desc, id desc);
create index article_category on article (category) where state = 'published';
create table article_version (
  article_id uuid not null references article,
  version int not null,
  title_zh text not null,
  title_en text not null default '',
  body_zh text not null,
  body_en text not null default '',
  keywords text[] not null default '{}',
  category text,
  audience text not null check (audience in ('internal', 'public')),
  review_by date,
  note text not null default '',
  author_id uuid references app_user,
  created_at timestamptz not null,
  published_at timestamptz,
  published_by uuid references app_user,
  primary key (article_id, version)
);
-- SD3f-02: which version a message answered from; the uses of an article are these rows.
create table article_citation (
  message_id uuid not null references message,
  article_id uuid not null,
  version int not null,
  primary key (message_id, article_id, version),
  foreign key (article_id, version) references article_version
);
create index article_citation_uses on article_citation (article_id, version);
update role set grants = '{"knowledge.read":"all"}'::jsonb || grants where grants ? 'conversation.read';
update role set grants = '{"knowledge.write":"all"}'::jsonb || grants where key = 'product' or (grants ? 'complaint.approve' and grants ? 'settings.read');
