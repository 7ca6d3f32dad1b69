import { BookOutlined, ImportOutlined, PlusOutlined } from '@ant-design/icons';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Button, Input, Segmented, Select } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from '@tanstack/react-query';
import type { InputRef } from 'antd';
import { listArticles, type ArticleHitView } from '#contracts/routes/knowledge.ts';
import { audiences, versionStates } from '#contracts/words.ts';
import { useActions, type Action } from '#ui/actions.tsx';
import { PaneBody, PaneHead } from '#ui/split.tsx';
import { EmptyState } from '#ui/states.tsx';
import { Tag } from '#ui/tag.tsx';
import { call } from '../../api.ts';
import { keyOf, useList } from '../../query.ts';
import { useTime } from '../../time.ts';
import { comma, useSaid, useWord } from '../../words.ts';
import { useSession } from '../identity/session.ts';
import { Loaded } from '../settings/page.tsx';
import { CategorySelect, useCategories } from '../tickets/categories.tsx';
import { ArticleEditor } from './editor.tsx';
import { ImportArticles } from './import.tsx';
import { Marked } from './marked.tsx';
import { ArticlePage } from './page.tsx';
import { readKnowledgeSearch, type KnowledgeSearch } from './search.ts';
import './knowledge.css';

export function KnowledgeScreen() {
  const { id } = useParams({ strict: false });
  return id ? <ArticlePage key={id} id={id} /> : <KnowledgeList />;
}

const actions: Array<Action<{ create: () => void; import: () => void; find: () => void }>> = [
  {
    name: 'knowledge.find',
    label: 'knowledge.find',
    group: 'rail.knowledge',
    keys: ['f'],
    initials: 'czs',
    perform: (c) => c.find(),
  },
  {
    name: 'knowledge.create',
    label: 'knowledge.new',
    group: 'rail.knowledge',
    keys: ['c'],
    initials: 'xzs',
    permission: 'knowledge.write',
    perform: (c) => c.create(),
  },
  {
    name: 'knowledge.import',
    label: 'knowledge.import',
    group: 'rail.knowledge',
    initials: 'drzs',
    permission: 'knowledge.write',
    perform: (c) => c.import(),
  },
];

/** 知识库: the box first, then what is found, best first. */
function KnowledgeList() {
  const { t } = useTranslation();
  const word = useWord();
  const navigate = useNavigate();
  const { can } = useSession();
  const box = useRef<InputRef>(null);
  const [creating, setCreating] = useState(false);
  const [importing, setImporting] = useState(false);
  const search = readKnowledgeSearch(useSearch({ strict: false }));
  useActions(actions, {
    create: () => setCreating(true),
    import: () => setImporting(true),
    find: () => box.current?.focus(),
  });
  const writes = can('knowledge.write');
  const set = (patch: KnowledgeSearch) =>
    void navigate({
      to: '/knowledge',
      search: readKnowledgeSearch({ ...search, ...patch, v: undefined }),
      replace: true,
    });
  if (creating) return <ArticleEditor onClose={() => setCreating(false)} />;
  return (
    <div className="desk-page">
      <PaneHead title={t('rail.knowledge')}>
        {writes ? (
          <>
            <Button icon={<ImportOutlined />} onClick={() => setImporting(true)}>
              {t('knowledge.import')}
            </Button>
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setCreating(true)}>
              {t('knowledge.new')}
            </Button>
          </>
        ) : null}
      </PaneHead>
      {importing ? <ImportArticles onClose={() => setImporting(false)} /> : null}
      <div className="kb-find">
        <Input.Search
          key={search.q ?? ''}
          ref={box}
          size="large"
          allowClear
          defaultValue={search.q}
          placeholder={t('knowledge.findHint')}
          aria-label={t('knowledge.find')}
          onSearch={(value) => set({ q: value.trim() || undefined })}
        />
        <div className="kb-filters">
          <Segmented
            value={search.match ?? 'any'}
            onChange={(match) => set({ match: match === 'all' ? 'all' : undefined })}
            options={[
              { value: 'any', label: t('knowledge.any') },
              { value: 'all', label: t('knowledge.all') },
            ]}
          />
          <CategorySelect
            allowClear
            value={search.category}
            placeholder={t('knowledge.category')}
            onChange={(category: string | undefined) => set({ category })}
          />
          <Select
            allowClear
            className="desk-filter"
            placeholder={t('knowledge.audience')}
            aria-label={t('knowledge.audience')}
            value={search.audience}
            onChange={(audience) => set({ audience })}
            options={audiences.map((one) => ({ value: one, label: word('audience', one) }))}
          />
          {writes ? (
            <Select
              className="desk-filter"
              aria-label={t('knowledge.state')}
              value={search.due ? 'due' : (search.state ?? 'published')}
              onChange={(state) =>
                set({
                  state: versionStates.find((one) => one === state && one !== 'published'),
                  due: state === 'due' ? true : undefined,
                })
              }
              options={[
                { value: 'published', label: word('versionState', 'published') },
                { value: 'due', label: t('knowledge.due') },
                { value: 'draft', label: word('versionState', 'draft') },
                { value: 'retired', label: word('versionState', 'retired') },
              ]}
            />
          ) : null}
        </div>
      </div>
      <PaneBody>
        {search.q && !search.state ? (
          <Found search={search} onAny={() => set({ match: undefined })} />
        ) : (
          <Newest search={search} onCreate={writes ? () => setCreating(true) : undefined} />
        )}
      </PaneBody>
    </div>
  );
}

const queryOf = ({ q, match, category, audience, state, due }: KnowledgeSearch) => ({
  ...(q ? { q } : {}),
  ...(match ? { match } : {}),
  ...(category ? { category } : {}),
  ...(audience ? { audience } : {}),
  ...(state ? { state } : {}),
  ...(due ? { reviewDue: due } : {}),
});

/** Best first, words marked; the words come with the answer, so that Chinese is parted once and in one place. */
function Found(props: { search: KnowledgeSearch; onAny: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { search } = props;
  const query = queryOf(search);
  const read = useQuery({
    queryKey: [...keyOf(listArticles, { query }), 'found'],
    queryFn: ({ signal }) => call(listArticles, { query, signal }),
  });
  return (
    <Loaded read={read}>
      {() => {
        const { items, words } = read.data!;
        if (items.length === 0)
          return (
            <EmptyState
              icon={<BookOutlined />}
              title={t('knowledge.noMatch')}
              hint={t('knowledge.noMatchHint')}
            >
              {search.match === 'all' ? <Button onClick={props.onAny}>{t('knowledge.tryAny')}</Button> : null}
              <Button onClick={() => void navigate({ to: '/knowledge' })}>{t('filter.clear')}</Button>
            </EmptyState>
          );
        return (
          <>
            <p className="kb-count" aria-live="polite">
              {t('knowledge.found', { count: items.length })}
            </p>
            <Hits items={items} words={words} />
          </>
        );
      }}
    </Loaded>
  );
}

function Newest(props: { search: KnowledgeSearch; onCreate?: () => void }) {
  const { t } = useTranslation();
  const { search } = props;
  const list = useList(listArticles, { ...queryOf(search), limit: 50 }, { keep: true });
  const narrowed = Object.keys(search).length > 0;
  return (
    <Loaded read={{ data: list.rows, error: list.error, refetch: list.retry }}>
      {() =>
        list.rows!.length === 0 ? (
          <EmptyState
            icon={<BookOutlined />}
            title={t(narrowed ? 'knowledge.noneHere' : 'knowledge.none')}
            hint={t(
              narrowed
                ? 'knowledge.noneHereHint'
                : props.onCreate
                  ? 'knowledge.noneHint'
                  : 'knowledge.noneHintReader',
            )}
          >
            {!narrowed && props.onCreate ? (
              <Button type="primary" onClick={props.onCreate}>
                {t('knowledge.new')}
              </Button>
            ) : null}
          </EmptyState>
        ) : (
          <>
            <Hits items={list.rows!} words={[]} />
            {list.hasMore ? (
              <Button type="text" block onClick={list.more}>
                {t('knowledge.more')}
              </Button>
            ) : null}
          </>
        )
      }
    </Loaded>
  );
}

function Hits(props: { items: readonly ArticleHitView[]; words: readonly string[] }) {
  const { t } = useTranslation();
  const said = useSaid();
  const word = useWord();
  const time = useTime();
  const categories = useCategories();
  return (
    <ul className="kb-hits">
      {props.items.map((one) => (
        <li key={one.id}>
          <Link to="/knowledge/$id" params={{ id: one.id }} className="kb-hit">
            <span className="kb-hit-title">
              <strong>
                <Marked text={said(one.title)} words={props.words} />
              </strong>
              {one.audience === 'internal' ? <Tag tone="note">{word('audience', 'internal')}</Tag> : null}
              {one.state === 'published' ? null : <Tag>{word('versionState', one.state)}</Tag>}
              {one.draft ? <Tag tone="accent">{t('knowledge.draftOf', { version: one.draft })}</Tag> : null}
              {one.reviewDue ? <Tag tone="warn">{t('knowledge.due')}</Tag> : null}
            </span>
            <span className="kb-hit-text">
              <Marked text={one.excerpt} words={props.words} />
            </span>
            <span className="kb-hit-facts">
              {one.category ? <span>{categories.path(one.category)}</span> : null}
              {one.keywords.length > 0 ? (
                <span>
                  <Marked text={one.keywords.join(comma())} words={props.words} />
                </span>
              ) : null}
              <span>v{one.version}</span>
              {one.used > 0 ? <span>{t('knowledge.used', { count: one.used })}</span> : null}
              <span>{time.minute(one.updatedAt).slice(0, 10)}</span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
