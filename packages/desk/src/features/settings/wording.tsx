import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SettingValue } from '#contracts/routes/settings.ts';
import { phraseKinds, type PhraseKind } from '#contracts/phrases.ts';
import { PlainTable } from '../../plain-table.tsx';
import { useWord } from '../../words.ts';
import { SettingPage } from './setting-page.tsx';

type Phrase = SettingValue<'wording'>['items'][number];

/** 用语规范: what should not be said, and what to say instead. */
export function WordingPage() {
  const { t } = useTranslation();
  return (
    <SettingPage setting="wording" intro={t('settings.wording.intro')} wide>
      {() => (
        <Form.Item name="items">
          <Editor />
        </Form.Item>
      )}
    </SettingPage>
  );
}

function Editor(props: { value?: Phrase[]; onChange?: (items: Phrase[]) => void }) {
  const { t } = useTranslation();
  const word = useWord();
  const [kind, setKind] = useState<PhraseKind>();
  const [q, setQ] = useState('');
  const items = props.value ?? [];
  const put = (at: number, change: Partial<Phrase>) =>
    props.onChange?.(items.map((one, index) => (index === at ? { ...one, ...change } : one)));
  const wanted = q.trim();
  const rows = items
    .map((phrase, at) => ({ phrase, at }))
    .filter(({ phrase }) => !kind || phrase.kind === kind)
    .filter(({ phrase }) => wanted === '' || `${phrase.text} ${phrase.better ?? ''}`.includes(wanted));
  const kinds = phraseKinds.map((one) => ({ value: one, label: word('phraseKind', one) }));
  return (
    <>
      <div className="set-bar">
        <Input
          allowClear
          className="set-choice"
          aria-label={t('settings.wording.find')}
          placeholder={t('settings.wording.find')}
          value={q}
          onChange={(event) => setQ(event.target.value)}
        />
        <Select
          allowClear
          className="set-choice"
          aria-label={t('settings.wording.kind')}
          placeholder={t('settings.wording.kind')}
          value={kind}
          onChange={setKind}
          options={kinds}
        />
        <Button
          icon={<PlusOutlined />}
          onClick={() => {
            setQ('');
            props.onChange?.([{ kind: kind ?? 'forbidden', text: '' }, ...items]);
          }}
        >
          {t('settings.wording.add')}
        </Button>
      </div>
      <PlainTable
        label={t('settings.wording')}
        rows={rows}
        rowKey={({ at }) => String(at)}
        empty={<p className="zk-quiet">{t('settings.wording.none')}</p>}
        columns={[
          {
            key: 'text',
            title: t('settings.wording.text'),
            lead: true,
            render: ({ phrase, at }) => (
              <Input
                aria-label={t('settings.wording.text')}
                variant="underlined"
                maxLength={100}
                status={phrase.text.trim() === '' ? 'error' : undefined}
                value={phrase.text}
                onChange={(event) => put(at, { text: event.target.value })}
              />
            ),
          },
          {
            key: 'kind',
            title: t('settings.wording.kind'),
            width: 136,
            render: ({ phrase, at }) => (
              <Select
                aria-label={t('settings.wording.kind')}
                className="desk-full"
                value={phrase.kind}
                onChange={(chosen) => put(at, { kind: chosen })}
                options={kinds}
              />
            ),
          },
          {
            key: 'better',
            title: t('settings.wording.better'),
            render: ({ phrase, at }) => (
              <Input
                aria-label={t('settings.wording.better')}
                variant="underlined"
                maxLength={400}
                placeholder={t('settings.wording.betterNone')}
                value={phrase.better ?? ''}
                onChange={(event) => put(at, { better: event.target.value || undefined })}
              />
            ),
          },
          {
            key: 'do',
            title: '',
            width: 56,
            render: ({ at, phrase }) => (
              <Button
                type="text"
                size="small"
                icon={<DeleteOutlined />}
                aria-label={t('settings.wording.drop', { text: phrase.text })}
                onClick={() => props.onChange?.(items.filter((_, index) => index !== at))}
              />
            ),
          },
        ]}
      />
    </>
  );
}
