import { useTranslation } from 'react-i18next';
import type { Field } from '#contracts/pack.ts';
import { listKinds, recordsOf } from '#contracts/routes/records.ts';
import { FieldRow, Fields } from '#ui/form.tsx';
import { Skeleton } from '#ui/states.tsx';
import { LongText } from '#ui/text.tsx';
import { useRead } from '../../query.ts';
import { useTime } from '../../time.ts';
import { useSaid } from '../../words.ts';
import './playbooks.css';

/** What is to be approved: the newest form of the run, as it was filled in. */
export function Evidence(props: { runId: string }) {
  const { t } = useTranslation();
  const said = useSaid();
  const value = useFieldText();
  const records = useRead(recordsOf, { query: { runId: props.runId, limit: 20 } });
  const kinds = useRead(listKinds, {}, { staleSeconds: 300 });
  if (records.isPending || kinds.isPending) return <Skeleton rows={3} columns={2} />;
  const newest = records.data?.items.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt))[0];
  const kind = kinds.data?.items.find(({ key }) => key === newest?.kind);
  if (!newest || !kind) return <p className="zk-quiet">{t('playbooks.noEvidence')}</p>;
  const filled = kind.fields.filter(({ key }) => newest.data[key] !== undefined && newest.data[key] !== null);
  return (
    <section className="step-evidence" aria-label={said(kind.name)}>
      <h5>
        <span>{said(kind.name)}</span>
        <span className="zk-quiet">{[newest.number, newest.createdByName].filter(Boolean).join(' · ')}</span>
      </h5>
      <Fields>
        {filled.map((field) => (
          <FieldRow key={field.key} label={said(field)}>
            <LongText text={value(field, newest.data[field.key])} lines={6} />
          </FieldRow>
        ))}
      </Fields>
    </section>
  );
}

/** A value of a record as a person reads it. */
export function useFieldText(): (field: Field, value: unknown) => string {
  const { t } = useTranslation();
  const said = useSaid();
  const time = useTime();
  return (field, value) => {
    const option = (key: unknown) => {
      const found = field.options?.find((one) => one.key === key);
      return found ? said(found) : String(key);
    };
    if (Array.isArray(value)) return value.map(option).join('、');
    if (typeof value === 'boolean') return t(value ? 'form.yes' : 'form.no');
    if (field.type === 'instant' && typeof value === 'string') return time.minute(value);
    if (field.type === 'money') return `¥ ${String(value)}`;
    return option(value);
  };
}
