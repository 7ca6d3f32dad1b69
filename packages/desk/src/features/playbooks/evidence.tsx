import { useTranslation } from 'react-i18next';
import { listKinds, recordsOf } from '#contracts/routes/records.ts';
import { FieldRow, Fields } from '#ui/form.tsx';
import { Skeleton } from '#ui/states.tsx';
import { LongText } from '#ui/text.tsx';
import { useRead } from '../../query.ts';
import { useSaid } from '../../words.ts';
import { useFieldText } from '../records/value.tsx';
import './playbooks.css';

/** What is to be approved: the newest form of the run, as it was filled in, or the record it is about. */
export function Evidence(props: { runId: string; recordId?: string | null }) {
  const { t } = useTranslation();
  const said = useSaid();
  const value = useFieldText();
  const records = useRead(recordsOf, {
    query: { runId: props.runId, ...(props.recordId ? { recordId: props.recordId } : {}), limit: 20 },
  });
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
