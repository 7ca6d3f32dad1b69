import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field } from '#contracts/pack.ts';
import type { RecordView } from '#contracts/routes/records.ts';
import type { Column } from '#ui/data-table.tsx';
import { Countdown } from '#ui/tag.tsx';
import { useTime } from '../../time.ts';
import { useSaid } from '../../words.ts';
import { cardFields, listFields } from './rules.ts';
import type { Kind } from './use-kinds.ts';
import { StateTag, useFieldText } from './value.tsx';

const widths: Partial<Record<Field['type'], number>> = {
  instant: 144,
  date: 112,
  money: 112,
  number: 88,
  yes: 80,
  phone: 136,
  staff: 96,
  choice: 112,
  record: 136,
};

/** Number, state, the fields the kind lists, whose it is and when it was made. */
export function useRecordColumns(kind: Kind): Array<Column<RecordView>> {
  const { t } = useTranslation();
  const said = useSaid();
  const time = useTime();
  const text = useFieldText();
  return useMemo(
    () => [
      ...(kind.number
        ? [
            {
              key: 'number',
              title: t('records.number'),
              width: 148,
              render: (row: RecordView) => row.number ?? '—',
            },
          ]
        : []),
      ...(kind.states
        ? [
            {
              key: 'state',
              title: t('records.state'),
              width: 112,
              render: (row: RecordView) => <StateTag kind={kind} record={row} />,
            },
          ]
        : []),
      {
        key: 'customer',
        title: t('records.customer'),
        width: 128,
        render: (row: RecordView) => row.customerName ?? <span className="zk-quiet">—</span>,
      },
      {
        key: 'step',
        title: t('records.step'),
        width: 208,
        render: (row: RecordView) => <StepDue record={row} />,
      },
      ...listFields(kind).map((field): Column<RecordView> => ({
        key: `data.${field.key}`,
        title: said(field),
        width: widths[field.type] ?? 160,
        align: field.type === 'money' || field.type === 'number' ? 'end' : undefined,
        render: (row) => {
          const shown = text(field, row.data[field.key]);
          return shown === '' ? <span className="zk-quiet">—</span> : <span title={shown}>{shown}</span>;
        },
      })),
      {
        key: 'by',
        title: t('records.by'),
        width: 96,
        render: (row) => row.createdByName ?? <span className="zk-quiet">—</span>,
      },
      {
        key: 'at',
        title: t('records.at'),
        width: 148,
        render: (row) => <span className="zk-quiet">{time.minute(row.createdAt)}</span>,
      },
    ],
    [kind, t, said, time, text],
  );
}

/** The open step that is due next, with its clock: what waits too long is loud in the list too. */
function StepDue(props: { record: RecordView; quiet?: boolean }) {
  const said = useSaid();
  const { step } = props.record;
  if (!step) return props.quiet ? null : <span className="zk-quiet">—</span>;
  return (
    <Countdown
      dueAt={step.dueAt}
      warnAt={step.dueAt}
      state={step.late ? 'breached' : 'running'}
      label={said(step.title)}
    />
  );
}

/** Two lines of one record: on a phone, and beside a case. */
export function RecordLines(props: { kind: Kind; record: RecordView }) {
  const text = useFieldText();
  const { kind, record } = props;
  const facts = cardFields(kind)
    .map((field) => text(field, record.data[field.key]))
    .filter(Boolean);
  return (
    <div className="desk-narrow-row rec-lines">
      <div>
        <strong>{[record.number, record.customerName ?? record.title].filter(Boolean).join(' ')}</strong>
        <StateTag kind={kind} record={record} />
      </div>
      <div>
        <StepDue record={record} quiet />
        <span className="zk-quiet">{facts.join(' · ') || record.title}</span>
      </div>
    </div>
  );
}
