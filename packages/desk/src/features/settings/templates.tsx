import { PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, Select, Tabs } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SettingValue } from '#contracts/routes/settings.ts';
import { Tag } from '#ui/tag.tsx';
import { useWord } from '../../words.ts';
import { SettingPage } from './setting-page.tsx';

type Template = SettingValue<'templates'>['items'][number];
const ways = ['email', 'webchat', 'inapp'] as const;

/** 消息模板: what the centre says by itself, in both languages. */
export function TemplatesPage() {
  const { t } = useTranslation();
  return (
    <SettingPage setting="templates" intro={t('settings.templates.intro')} wide>
      {() => (
        <Form.Item name="items">
          <Editor />
        </Form.Item>
      )}
    </SettingPage>
  );
}

function Editor(props: { value?: Template[]; onChange?: (items: Template[]) => void }) {
  const { t } = useTranslation();
  const word = useWord();
  const [at, setAt] = useState(0);
  const items = props.value ?? [];
  const chosen = items[at];
  const put = (change: Partial<Template>) =>
    props.onChange?.(items.map((one, index) => (index === at ? { ...one, ...change } : one)));
  const add = () => {
    const made: Template = {
      key: `custom${items.length + 1}`,
      channel: 'email',
      zhSubject: '',
      zhBody: '',
      enSubject: '',
      enBody: '',
    };
    props.onChange?.([...items, made]);
    setAt(items.length);
  };
  const text = (language: 'zh' | 'en') =>
    chosen ? (
      <div className="set-texts">
        <Input
          aria-label={t('settings.templates.subject')}
          placeholder={t('settings.templates.subject')}
          maxLength={200}
          value={chosen[`${language}Subject`]}
          onChange={(event) => put({ [`${language}Subject`]: event.target.value })}
        />
        <Input.TextArea
          aria-label={t('settings.templates.body')}
          rows={8}
          maxLength={8000}
          value={chosen[`${language}Body`]}
          onChange={(event) => put({ [`${language}Body`]: event.target.value })}
        />
      </div>
    ) : null;
  const holes = [
    ...new Set(
      [chosen?.zhBody, chosen?.enBody].flatMap((one) =>
        [...(one ?? '').matchAll(/\{\{\s*[\w.]+\s*\}\}/g)].map((hit) => hit[0]),
      ),
    ),
  ];
  return (
    <div className="set-two">
      <div className="set-list">
        {items.map((one, index) => (
          <button
            key={index}
            type="button"
            className="zk-bare set-template"
            aria-pressed={index === at}
            onClick={() => setAt(index)}
          >
            <span>{t(`settings.template.${one.key}`, { defaultValue: one.key })}</span>
            <Tag>
              {one.channel === 'inapp' ? t('settings.templates.inapp') : word('channelKind', one.channel)}
            </Tag>
          </button>
        ))}
        <Button icon={<PlusOutlined />} type="text" onClick={add}>
          {t('settings.templates.add')}
        </Button>
      </div>
      {chosen ? (
        <div>
          <div className="set-bar">
            <Input
              aria-label={t('settings.key')}
              value={chosen.key}
              maxLength={40}
              onChange={(event) => put({ key: event.target.value })}
              className="set-choice"
            />
            <Select
              aria-label={t('settings.channels.kind')}
              value={chosen.channel}
              onChange={(channel) => put({ channel })}
              options={ways.map((one) => ({
                value: one,
                label: one === 'inapp' ? t('settings.templates.inapp') : word('channelKind', one),
              }))}
            />
          </div>
          <Tabs
            items={[
              { key: 'zh', label: '中文', children: text('zh') },
              { key: 'en', label: 'English', children: text('en') },
            ]}
          />
          {holes.length > 0 ? (
            <p className="set-intro">
              {t('settings.templates.holes')}{' '}
              {holes.map((hole) => (
                <code key={hole}>{hole} </code>
              ))}
            </p>
          ) : null}
        </div>
      ) : (
        <p className="set-intro">{t('settings.templates.none')}</p>
      )}
    </div>
  );
}
