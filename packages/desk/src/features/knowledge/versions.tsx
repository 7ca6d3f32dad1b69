import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import {
  getArticle,
  listArticleVersions,
  type ArticleVersionView,
  type ArticleView,
} from '#contracts/routes/knowledge.ts';
import { Section } from '#ui/form.tsx';
import { Tag } from '#ui/tag.tsx';
import { PlainTable } from '../../plain-table.tsx';
import { useRead } from '../../query.ts';
import { useTime } from '../../time.ts';
import { TwoVersions } from '../../two-versions.tsx';
import { useWord } from '../../words.ts';
import { Loaded } from '../settings/page.tsx';
import { useCategories } from '../tickets/categories.tsx';
import { differences, lineDifferences, type Part } from './rules.ts';

/** Versions with author, note, day and uses, and what differs between two of them. */
export function Versions({ article }: { article: ArticleView }) {
  const { t } = useTranslation();
  const time = useTime();
  const read = useRead(listArticleVersions, { params: { id: article.id } });
  const items = read.data?.items ?? [];
  return (
    <Loaded read={read}>
      {() => (
        <>
          <Section title={t('knowledge.versions')}>
            <PlainTable
              label={t('knowledge.versions')}
              rows={items}
              rowKey={(one) => String(one.version)}
              columns={[
                {
                  key: 'version',
                  title: t('knowledge.version'),
                  width: 150,
                  lead: true,
                  render: (one) => (
                    <span className="kb-inline">
                      <Link to="/knowledge/$id" params={{ id: article.id }} search={{ v: one.version }}>
                        v{one.version}
                      </Link>
                      <State one={one} article={article} />
                    </span>
                  ),
                },
                { key: 'note', title: t('knowledge.note'), render: (one) => one.note || '—' },
                {
                  key: 'author',
                  title: t('knowledge.author'),
                  width: 110,
                  render: (one) => one.authorName ?? '—',
                },
                {
                  key: 'at',
                  title: t('knowledge.writtenAt'),
                  width: 144,
                  render: (one) => time.minute(one.createdAt),
                },
                {
                  key: 'used',
                  title: t('knowledge.usedLabel'),
                  width: 88,
                  align: 'end',
                  render: (one) => one.used,
                },
              ]}
            />
          </Section>
          {items.length > 1 ? (
            <TwoVersions of="knowledge" versions={items.map(({ version }) => version)}>
              {(from, to) => <Compared id={article.id} from={from} to={to} />}
            </TwoVersions>
          ) : null}
        </>
      )}
    </Loaded>
  );
}

function State(props: { one: ArticleVersionView; article: ArticleView }) {
  const { t } = useTranslation();
  const word = useWord();
  const { one, article } = props;
  if (one.version === article.published && article.state === 'published')
    return <Tag tone="ok">{t('knowledge.inForce')}</Tag>;
  if (one.publishedAt === null) return <Tag tone="note">{word('versionState', 'draft')}</Tag>;
  return null;
}

function Compared(props: { id: string; from: number; to: number }) {
  const [old, now] = [
    useRead(getArticle, { params: { id: props.id }, query: { version: props.from } }),
    useRead(getArticle, { params: { id: props.id }, query: { version: props.to } }),
  ];
  return (
    <Loaded read={old.data ? now : old}>
      {() => (old.data && now.data ? <Differences before={old.data} after={now.data} /> : null)}
    </Loaded>
  );
}

function Differences({ before, after }: { before: ArticleView; after: ArticleView }) {
  const { t } = useTranslation();
  const word = useWord();
  const { path } = useCategories();
  const say = (part: Part, value: string) => {
    if (value === '') return '—';
    if (part === 'category') return path(value);
    return part === 'audience' ? word('audience', value) : value;
  };
  const rows = differences(before, after);
  if (rows.length === 0) return <p className="zk-quiet desk-pad">{t('knowledge.same')}</p>;
  return (
    <dl className="kb-differences">
      {rows.map(({ part, before: old, after: now }) => (
        <div key={part}>
          <dt>{t(`knowledge.part.${part}`)}</dt>
          <dd>
            {part === 'bodyZh' || part === 'bodyEn' ? (
              <Lines before={old} after={now} />
            ) : (
              <>
                <del className="kb-old">{say(part, old)}</del>
                <ins className="kb-new">{say(part, now)}</ins>
              </>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Lines(props: { before: string; after: string }) {
  return lineDifferences(props.before, props.after).map(({ text, kind }, at) => {
    const shown = text === '' ? ' ' : text;
    // oxlint-disable react/no-array-index-key -- lines of one text, in their order
    if (kind === 'gone')
      return (
        <del key={at} className="kb-old">
          {shown}
        </del>
      );
    if (kind === 'new')
      return (
        <ins key={at} className="kb-new">
          {shown}
        </ins>
      );
    return (
      <span key={at} className="kb-same">
        {shown}
      </span>
    );
    // oxlint-enable react/no-array-index-key
  });
}
