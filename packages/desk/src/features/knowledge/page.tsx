import { useNavigate, useSearch } from '@tanstack/react-router';
import { Alert, Button, Form } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getArticle, publishArticle, retireArticle, type ArticleView } from '#contracts/routes/knowledge.ts';
import { useActions, type Action } from '#ui/actions.tsx';
import { FormDialog } from '#ui/dialog.tsx';
import { FieldRow, Fields } from '#ui/form.tsx';
import { PaneBody, PaneHead } from '#ui/split.tsx';
import { Tag } from '#ui/tag.tsx';
import { TextBox } from '#ui/text-box.tsx';
import { useToast } from '#ui/toast.tsx';
import { call, problemOf } from '../../api.ts';
import { useTitlePart } from '../../page-title.ts';
import { queryClient, useRead } from '../../query.ts';
import { useTime } from '../../time.ts';
import { comma, useSaid, useWord } from '../../words.ts';
import { useSession } from '../identity/session.ts';
import { Linked } from '../conversations/message-body.tsx';
import { Loaded } from '../settings/page.tsx';
import { useCategories } from '../tickets/categories.tsx';
import { ArticleEditor } from './editor.tsx';
import { readKnowledgeSearch } from './search.ts';
import { Versions } from './versions.tsx';

/** One article: the version in force, or the one the address names. */
export function ArticlePage(props: { id: string }) {
  const { v } = readKnowledgeSearch(useSearch({ strict: false }));
  const read = useRead(getArticle, {
    params: { id: props.id },
    ...(v ? { query: { version: v } } : {}),
  });
  return (
    <div className="desk-page">
      <Loaded read={read}>{() => <Opened article={read.data!} />}</Loaded>
    </div>
  );
}

const actions: Array<Action<{ edit: () => void }>> = [
  {
    name: 'knowledge.edit',
    label: 'knowledge.edit',
    group: 'rail.knowledge',
    keys: ['e'],
    initials: 'bjzs',
    permission: 'knowledge.write',
    perform: (c) => c.edit(),
  },
];

function Opened({ article }: { article: ArticleView }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const said = useSaid();
  const word = useWord();
  const toast = useToast();
  const { can } = useSession();
  const [editing, setEditing] = useState(false);
  const [retiring, setRetiring] = useState(false);
  const writes = can('knowledge.write');
  useActions(actions, { edit: () => setEditing(true) });
  const publish = () =>
    void call(publishArticle, { params: { id: article.id }, body: { version: article.newest } }).then(
      () => {
        toast.done(t('knowledge.publishedDone', { version: article.newest }));
        void queryClient.invalidateQueries({ queryKey: ['knowledge'] });
        void navigate({ to: '/knowledge/$id', params: { id: article.id }, search: {}, replace: true });
      },
      (error: unknown) => toast.failed(problemOf(error)),
    );
  useTitlePart('page', said(article.title));
  if (editing)
    return <ArticleEditor id={article.id} newest={article.newest} onClose={() => setEditing(false)} />;
  const waits = writes && (article.published !== article.newest || article.state === 'retired');
  return (
    <>
      <PaneHead title={said(article.title)} onBack={() => void navigate({ to: '/knowledge' })}>
        <Tag tone="outline">v{article.version}</Tag>
        {article.audience === 'internal' ? <Tag tone="note">{word('audience', 'internal')}</Tag> : null}
        {article.state === 'published' ? null : <Tag>{word('versionState', article.state)}</Tag>}
        {writes && article.state !== 'retired' ? (
          <Button className="desk-wide" onClick={() => setRetiring(true)}>
            {t('knowledge.retire')}
          </Button>
        ) : null}
        {writes ? (
          <Button type={waits ? 'default' : 'primary'} onClick={() => setEditing(true)}>
            {t('knowledge.edit')}
          </Button>
        ) : null}
        {waits ? (
          <Button type="primary" onClick={publish}>
            {t('knowledge.publish', { version: article.newest })}
          </Button>
        ) : null}
      </PaneHead>
      <PaneBody>
        <Notice article={article} />
        <div className="kb-page">
          <Text article={article} />
          <Facts article={article} />
        </div>
        <div className="kb-page-foot">
          <Versions article={article} />
        </div>
      </PaneBody>
      {retiring ? <RetireDialog article={article} onClose={() => setRetiring(false)} /> : null}
    </>
  );
}

/** What is shown is not what is in force, or is past its review. */
function Notice({ article }: { article: ArticleView }) {
  const { t } = useTranslation();
  const { published, version, state } = article;
  const text =
    state === 'retired'
      ? t('knowledge.isRetired')
      : published === null
        ? t('knowledge.isDraft')
        : version < published
          ? t('knowledge.isOld', { version: published })
          : version > published
            ? t('knowledge.isNewer', { version: published })
            : article.reviewDue
              ? t('knowledge.isDue', { day: article.reviewBy })
              : null;
  return text ? <Alert banner type="warning" showIcon={false} title={text} /> : null;
}

/** Plain text, with its addresses as links; the other language below, where it is written. */
function Text({ article }: { article: ArticleView }) {
  const { i18n } = useTranslation();
  const order = i18n.language === 'en' ? (['en', 'zh'] as const) : (['zh', 'en'] as const);
  const written = order.filter((language) => article.body[language].trim() !== '');
  return (
    <article className="kb-text">
      {written.map((language) => (
        <section key={language} lang={language === 'zh' ? 'zh-CN' : 'en'}>
          {written.length > 1 ? <h2>{article.title[language] || article.title.zh}</h2> : null}
          <div>
            <Linked text={article.body[language]} />
          </div>
        </section>
      ))}
    </article>
  );
}

function Facts({ article }: { article: ArticleView }) {
  const { t } = useTranslation();
  const word = useWord();
  const time = useTime();
  const categories = useCategories();
  return (
    <aside className="kb-facts" aria-label={t('knowledge.facts')}>
      <Fields>
        <FieldRow label={t('knowledge.audience')}>{word('audience', article.audience)}</FieldRow>
        <FieldRow label={t('knowledge.category')}>
          {article.category ? categories.path(article.category) : undefined}
        </FieldRow>
        <FieldRow label={t('knowledge.keywords')}>{article.keywords.join(comma()) || undefined}</FieldRow>
        <FieldRow label={t('knowledge.usedLabel')}>
          {t('knowledge.usedTimes', { count: article.used })}
        </FieldRow>
        <FieldRow label={t('knowledge.reviewBy')}>{article.reviewBy ?? undefined}</FieldRow>
        <FieldRow label={t('knowledge.author')}>{article.authorName ?? undefined}</FieldRow>
        <FieldRow label={t('knowledge.inForceSince')}>
          {article.publishedAt ? time.minute(article.publishedAt) : undefined}
        </FieldRow>
      </Fields>
    </aside>
  );
}

function RetireDialog(props: { article: ArticleView; onClose: () => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  return (
    <FormDialog<{ reason: string }>
      title={t('knowledge.retireTitle', { title: props.article.title.zh })}
      intro={t('knowledge.retireIntro')}
      submit={t('knowledge.retire')}
      danger
      onClose={props.onClose}
      problemOf={problemOf}
      onSave={async ({ reason }) => {
        await call(retireArticle, { params: { id: props.article.id }, body: { reason } });
        await queryClient.invalidateQueries({ queryKey: ['knowledge'] });
        toast.done(t('knowledge.retiredDone'));
        props.onClose();
      }}
    >
      <Form.Item
        name="reason"
        label={t('knowledge.reason')}
        rules={[{ required: true, whitespace: true, message: t('knowledge.reasonMissing') }]}
      >
        <TextBox rows={2} maxLength={300} />
      </Form.Item>
    </FormDialog>
  );
}
