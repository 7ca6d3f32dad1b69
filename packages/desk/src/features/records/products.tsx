import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listRecords } from '#contracts/routes/records.ts';
import { FieldRow, Fields } from '#ui/form.tsx';
import { ErrorState, Skeleton } from '#ui/states.tsx';
import { LongText } from '#ui/text.tsx';
import { problemOf } from '../../api.ts';
import { useRead } from '../../query.ts';
import { useSaid } from '../../words.ts';
import { useKinds } from './use-kinds.ts';
import { useFieldText } from './value.tsx';

/** Kind of record that holds the catalogue; a playbook brings it. */
export const productKind = 'product';
const most = 5;

/** Products by code or name beside a talk, with price and common questions in sight (SD3a-03). */
export function Products() {
  const { t } = useTranslation();
  const said = useSaid();
  const text = useFieldText();
  const { kindOf } = useKinds();
  const [q, setQ] = useState('');
  const read = useRead(listRecords, {
    params: { kind: productKind },
    query: { ...(q ? { q } : {}), limit: most },
  });
  const kind = kindOf(productKind);
  if (!kind) return null;
  return (
    <div className="desk-pad">
      <Input.Search
        allowClear
        placeholder={t('records.products.find')}
        aria-label={t('records.products.find')}
        onSearch={(value) => setQ(value.trim())}
      />
      {read.error && !read.data ? (
        <ErrorState problem={problemOf(read.error)} onRetry={() => void read.refetch()} />
      ) : null}
      {!read.data && !read.error ? <Skeleton rows={3} columns={1} /> : null}
      {read.data?.items.length === 0 ? (
        <p className="zk-quiet">{t(q ? 'records.products.none' : 'records.products.empty')}</p>
      ) : null}
      {read.data?.items.map((record) => (
        <section key={record.id} className="rec-product" aria-label={record.title}>
          <h4>{record.title}</h4>
          <Fields>
            {kind.fields
              .filter(({ key }) => !['code', 'name'].includes(key) && record.data[key])
              .map((field) => (
                <FieldRow key={field.key} label={said(field)}>
                  {field.type === 'long' ? (
                    <LongText text={String(record.data[field.key])} lines={6} />
                  ) : (
                    text(field, record.data[field.key])
                  )}
                </FieldRow>
              ))}
          </Fields>
        </section>
      ))}
    </div>
  );
}
