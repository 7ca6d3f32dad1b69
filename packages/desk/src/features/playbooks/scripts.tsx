import { CopyOutlined, EnterOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OpenStep } from '#contracts/routes/playbooks.ts';
import { readStored, writeStored } from '#ui/stored.ts';
import { useToast } from '#ui/toast.tsx';

type Script = OpenStep['scripts'][number];
type Language = 'zh' | 'en';

/** Puts words into the box of a talk, behind what stands there already, as a reply or a note. */
export function insertWords(draft: string, words: string, mode = 'public'): void {
  const key = `zk:draft:${draft}`;
  const before = readStored(key) ?? '';
  writeStored(`zk:mode:${draft}`, mode);
  writeStored(key, before === '' ? words : `${before}\n${words}`);
  requestAnimationFrame(() => boxOf(draft)?.focus());
}
const boxOf = (draft: string) =>
  document.querySelector<HTMLTextAreaElement>(`textarea[data-composer="${draft}"]`);
/** Behind a drawer the box cannot be seen. */
const isInSight = (draft: string) => {
  const box = boxOf(draft)?.getBoundingClientRect();
  return box !== undefined && document.elementFromPoint(box.left + 8, box.top + 8) === boxOf(draft);
};

export function useWordsOut(draft: string | undefined, mode?: 'public' | 'internal') {
  const { t } = useTranslation();
  const toast = useToast();
  return {
    insert: (words: string) => {
      if (!draft) return;
      insertWords(draft, words, mode);
      if (!isInSight(draft)) toast.done(t('playbooks.inserted'));
    },
    copy: (words: string) =>
      void navigator.clipboard?.writeText(words).then(() => toast.done(t('playbooks.copied'))),
  };
}

/** The words to say, with this customer's name in them; in the language of the desk unless the other is asked for. */
export function Scripts(props: { scripts: Script[]; draft?: string }) {
  const { t, i18n } = useTranslation();
  const [language, setLanguage] = useState<Language>(i18n.language === 'en' ? 'en' : 'zh');
  if (props.scripts.length === 0) return null;
  return (
    <section className="step-part">
      <h5>
        <span>{t('playbooks.words')}</span>
        <Segmented
          size="small"
          value={language}
          onChange={setLanguage}
          aria-label={t('playbooks.language')}
          options={[
            { value: 'zh', label: '中文' },
            { value: 'en', label: 'EN' },
          ]}
        />
      </h5>
      {props.scripts.map((script, at) => (
        <Words key={`${script.key}:${at}`} script={script} language={language} draft={props.draft} />
      ))}
    </section>
  );
}

function Words(props: { script: Script; language: Language; draft?: string }) {
  const { t } = useTranslation();
  const { script, language, draft } = props;
  const out = useWordsOut(draft);
  const body = script.body[language] || script.body.zh;
  return (
    <figure className="step-words">
      <figcaption>
        <span>{script.title[language] || script.title.zh}</span>
        {draft ? (
          <Button
            size="small"
            type="text"
            icon={<EnterOutlined />}
            title={t('playbooks.insert')}
            aria-label={t('playbooks.insert')}
            onClick={() => out.insert(body)}
          />
        ) : null}
        <Button
          size="small"
          type="text"
          icon={<CopyOutlined />}
          title={t('playbooks.copy')}
          aria-label={t('playbooks.copy')}
          onClick={() => out.copy(body)}
        />
      </figcaption>
      <blockquote>{body}</blockquote>
    </figure>
  );
}
