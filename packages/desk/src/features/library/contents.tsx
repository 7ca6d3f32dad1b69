import { useTranslation } from 'react-i18next';
import type { Pack } from '#contracts/pack.ts';
import { EmptyState } from '#ui/states.tsx';
import { Tag } from '#ui/tag.tsx';
import { PlainTable } from '../../plain-table.tsx';
import { comma, useWord } from '../../words.ts';
import { sayCondition } from './saying.ts';
import { Spoken } from './spoken.tsx';
import { useNames } from './use-names.ts';

/** The words of a playbook, in both languages beside each other. */
export function Scripts({ pack }: { pack: Pack }) {
  const { t } = useTranslation();
  const word = useWord();
  if (pack.scripts.length === 0)
    return <EmptyState title={t('library.noWords')} hint={t('library.noWordsHint')} />;
  return (
    <div className="pb-scripts">
      {pack.scripts.map((script) => (
        <article key={`${script.key}@${script.audience ?? ''}`} className="pb-script">
          <h4>
            {script.zh.title}{' '}
            {script.audience ? <Tag tone="outline">{word('customerKind', script.audience)}</Tag> : null}
          </h4>
          <p lang="zh-CN">
            <Spoken pack={pack} body={script.zh.body} language="zh" />
          </p>
          <p lang="en" className="zk-quiet">
            <Spoken pack={pack} body={script.en.body} language="en" />
          </p>
        </article>
      ))}
    </div>
  );
}

/** The forms and business objects it brings. */
export function Forms({ pack }: { pack: Pack }) {
  const { t } = useTranslation();
  const { language } = useNames();
  if (pack.records.length === 0)
    return <EmptyState title={t('library.noForms')} hint={t('library.noFormsHint')} />;
  return (
    <>
      {pack.records.map((kind) => (
        <section key={kind.key} className="pb-kind">
          <h4>
            {kind.name[language]} <Tag tone="outline">{t(`library.is.${kind.is}`)}</Tag>
          </h4>
          {kind.states ? (
            <p className="zk-quiet">{kind.states.map((state) => state[language]).join(' → ')}</p>
          ) : null}
          <PlainTable
            label={kind.name[language]}
            rows={kind.fields}
            rowKey={(field) => field.key}
            columns={[
              { key: 'name', title: t('library.field'), lead: true, render: (field) => field[language] },
              {
                key: 'type',
                title: t('library.type'),
                width: 112,
                render: (field) => t(`library.fieldType.${field.type}`),
              },
              {
                key: 'required',
                title: t('library.required'),
                render: (field) =>
                  field.required === true
                    ? t('library.always')
                    : typeof field.required === 'object'
                      ? t('library.onlyIf', { condition: sayCondition(pack, field.required, language) })
                      : '—',
              },
              {
                key: 'options',
                title: t('library.options'),
                render: (field) =>
                  (field.options ?? []).map((option) => option[language]).join(comma()) || '—',
              },
            ]}
          />
        </section>
      ))}
    </>
  );
}
