import { useTranslation } from 'react-i18next';
import type { Pack } from '#contracts/pack.ts';
import { FieldRow, Fields } from '#ui/form.tsx';
import { EmptyState } from '#ui/states.tsx';
import { Tag } from '#ui/tag.tsx';
import { PlainTable } from '../../plain-table.tsx';
import { comma, semicolon, useWord } from '../../words.ts';
import { sayCondition } from './saying.ts';
import type { Seen } from './saying.ts';
import { kindParts, sayField, sayKindPart } from './saying-kinds.ts';
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
export function Forms({ pack, own }: { pack: Seen; /** Those of this playbook. */ own: Pack }) {
  const { t } = useTranslation();
  const { language, names } = useNames();
  if (own.records.length === 0)
    return <EmptyState title={t('library.noForms')} hint={t('library.noFormsHint')} />;
  return (
    <>
      {own.records.map((kind) => (
        <section key={kind.key} className="pb-kind">
          <h4>
            {kind.name[language]} <Tag tone="outline">{t(`library.is.${kind.is}`)}</Tag>
          </h4>
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
              {
                key: 'details',
                title: t('library.details'),
                render: (field) => sayField(pack, field, language, names).join(semicolon()) || '—',
              },
            ]}
          />
          <div className="pb-kind-parts">
            <Fields>
              {kindParts
                .filter((part) => part !== 'is')
                .map((part) => ({ part, said: sayKindPart(pack, kind, part, language, names) }))
                .filter(({ said }) => said.length > 0)
                .map(({ part, said }) => (
                  <FieldRow key={part} label={t(`library.part.${part}`)}>
                    {said.map((line) => (
                      <div key={line}>{line}</div>
                    ))}
                  </FieldRow>
                ))}
            </Fields>
          </div>
        </section>
      ))}
    </>
  );
}
