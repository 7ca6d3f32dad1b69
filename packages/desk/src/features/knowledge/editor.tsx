import { useNavigate } from '@tanstack/react-router';
import { Checkbox, DatePicker, Form, Input, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import {
  changeArticle,
  createArticle,
  getArticle,
  publishArticle,
  type ArticleView,
} from '#contracts/routes/knowledge.ts';
import { audiences, type Audience } from '#contracts/words.ts';
import { SaveForm } from '#ui/form.tsx';
import { PaneBody, PaneHead } from '#ui/split.tsx';
import { TextBox } from '#ui/text-box.tsx';
import { useToast } from '#ui/toast.tsx';
import { call, problemOf } from '../../api.ts';
import { queryClient, useRead } from '../../query.ts';
import { useWord } from '../../words.ts';
import { Loaded } from '../settings/page.tsx';
import { CategorySelect } from '../tickets/categories.tsx';

type Values = {
  title: { zh: string; en?: string };
  body: { zh: string; en?: string };
  keywords?: string[];
  category?: string | null;
  audience: Audience;
  reviewBy?: string | null;
  note?: string;
  publish?: boolean;
};

/** A new article, or the next version made from the newest one. */
export function ArticleEditor(props: { id?: string; newest?: number; onClose: () => void }) {
  const { t } = useTranslation();
  const read = useRead(
    getArticle,
    { params: { id: props.id ?? '' }, query: { version: props.newest ?? 1 } },
    { enabled: props.id !== undefined, staleSeconds: 0 },
  );
  return (
    <div className="desk-page">
      <PaneHead title={t(props.id ? 'knowledge.edit' : 'knowledge.new')} onBack={props.onClose} />
      <PaneBody>
        {props.id ? (
          <Loaded read={read}>
            {() => <Fields key={read.data!.version} article={read.data!} onClose={props.onClose} />}
          </Loaded>
        ) : (
          <Fields onClose={props.onClose} />
        )}
      </PaneBody>
    </div>
  );
}

function Fields(props: { article?: ArticleView; onClose: () => void }) {
  const { t } = useTranslation();
  const word = useWord();
  const toast = useToast();
  const navigate = useNavigate();
  const { article } = props;
  const save = async ({ publish, ...values }: Values) => {
    const body = {
      title: { zh: values.title.zh, en: values.title.en ?? '' },
      body: { zh: values.body.zh, en: values.body.en ?? '' },
      keywords: values.keywords ?? [],
      category: values.category ?? null,
      audience: values.audience,
      reviewBy: values.reviewBy ?? null,
      note: values.note ?? '',
    };
    const { id, version } = article
      ? await call(changeArticle, { params: { id: article.id }, body: { base: article.version, ...body } })
      : await call(createArticle, { body, idempotencyKey: crypto.randomUUID() });
    if (publish) await call(publishArticle, { params: { id }, body: { version } });
    await queryClient.invalidateQueries({ queryKey: ['knowledge'] });
    toast.done(t(publish ? 'knowledge.publishedDone' : 'knowledge.savedDone', { version }));
    props.onClose();
    void navigate({ to: '/knowledge/$id', params: { id }, search: publish ? {} : { v: version } });
  };
  const missing = { required: true, whitespace: true, message: t('form.missing') };
  return (
    <div className="kb-editor">
      <SaveForm<Values>
        initial={
          article
            ? {
                title: article.title,
                body: article.body,
                keywords: article.keywords,
                category: article.category,
                audience: article.audience,
                reviewBy: article.reviewBy,
              }
            : { audience: 'internal' }
        }
        submit={t('knowledge.save')}
        onCancel={props.onClose}
        onSave={save}
        problemOf={problemOf}
      >
        <div className="kb-editor-two">
          <Form.Item name={['title', 'zh']} label={t('knowledge.part.titleZh')} rules={[missing]}>
            <Input maxLength={120} />
          </Form.Item>
          <Form.Item name={['title', 'en']} label={t('knowledge.part.titleEn')}>
            <Input maxLength={200} />
          </Form.Item>
          <Form.Item
            name={['body', 'zh']}
            label={t('knowledge.part.bodyZh')}
            extra={t('knowledge.bodyHint')}
            rules={[missing]}
          >
            <TextBox rows={12} maxLength={20_000} />
          </Form.Item>
          <Form.Item name={['body', 'en']} label={t('knowledge.part.bodyEn')}>
            <TextBox rows={12} maxLength={20_000} />
          </Form.Item>
        </div>
        <Form.Item name="keywords" label={t('knowledge.keywords')} extra={t('knowledge.keywordsHint')}>
          <Select
            mode="tags"
            open={false}
            suffixIcon={null}
            tokenSeparators={[' ', '，', ',', '、']}
            maxCount={30}
          />
        </Form.Item>
        <div className="kb-editor-three">
          <Form.Item
            name="audience"
            required
            label={t('knowledge.audience')}
            extra={t('knowledge.audienceHint')}
          >
            <Select options={audiences.map((one) => ({ value: one, label: word('audience', one) }))} />
          </Form.Item>
          <Form.Item name="category" label={t('knowledge.category')}>
            <CategorySelect allowClear />
          </Form.Item>
          <Form.Item
            name="reviewBy"
            label={t('knowledge.reviewBy')}
            getValueProps={(day: string | null | undefined) => ({ value: day ? dayjs(day) : null })}
            normalize={(day: Dayjs | null) => (day ? day.format('YYYY-MM-DD') : null)}
          >
            <DatePicker />
          </Form.Item>
        </div>
        <Form.Item name="note" label={t('knowledge.note')} extra={t('knowledge.noteHint')}>
          <Input maxLength={300} />
        </Form.Item>
        <Form.Item name="publish" valuePropName="checked">
          <Checkbox>{t('knowledge.publishAtOnce')}</Checkbox>
        </Form.Item>
      </SaveForm>
    </div>
  );
}
