import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { recordsOf } from '#contracts/routes/records.ts';
import { FieldRow, Fields, Section } from '#ui/form.tsx';
import { Skeleton } from '#ui/states.tsx';
import { useRead } from '../../query.ts';
import { useSaid } from '../../words.ts';
import { useSession } from '../identity/session.ts';
import { useKinds } from './use-kinds.ts';
import { FieldValue, StateTag } from './value.tsx';
import './records.css';

/** What a step is about, where one works on it outside the record's own page: the filled fields and the way there. */
export function RecordBrief(props: { id: string }) {
  const { t } = useTranslation();
  const said = useSaid();
  const { can } = useSession();
  const { kindOf } = useKinds();
  const read = useRead(recordsOf, { query: { recordId: props.id } }, { enabled: can('record.read') });
  const record = read.data?.items[0];
  const kind = kindOf(record?.kind);
  if (read.isLoading) return <Skeleton rows={3} columns={2} />;
  if (!record || !kind) return null;
  const isFilled = (value: unknown) => value !== undefined && value !== null && value !== '';
  return (
    <Section
      title={[said(kind.name), record.number].filter(Boolean).join(' ')}
      extra={
        <>
          <StateTag kind={kind} record={record} />
          <Link to="/records/$kind/$id" params={{ kind: kind.key, id: record.id }}>
            {t('records.open')}
          </Link>
        </>
      }
    >
      <Fields>
        {kind.fields
          .filter(({ key }) => isFilled(record.data[key]))
          .map((field) => (
            <FieldRow key={field.key} label={said(field)}>
              <FieldValue field={field} value={record.data[field.key]} />
            </FieldRow>
          ))}
      </Fields>
    </Section>
  );
}
