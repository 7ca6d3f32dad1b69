import { EditOutlined, PrinterOutlined } from '@ant-design/icons';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getRecord, recordHistory, type RecordView } from '#contracts/routes/records.ts';
import { useActions, type Action } from '#ui/actions.tsx';
import { FieldRow, Fields, Section } from '#ui/form.tsx';
import { PaneHead } from '#ui/split.tsx';
import { ErrorState, Skeleton } from '#ui/states.tsx';
import { useToast } from '#ui/toast.tsx';
import { problemOf } from '../../api.ts';
import { useGroupName } from '../identity/people.tsx';
import { useRead } from '../../query.ts';
import { useTime } from '../../time.ts';
import { comma, useSaid } from '../../words.ts';
import { useSession } from '../identity/session.ts';
import { RunPanel, StepPanel } from '../playbooks/step-panel.tsx';
import { usePanel } from '../playbooks/use-panel.ts';
import { useTitlePart } from '../../page-title.ts';
import { didOf } from './did.ts';
import { RecordForm } from './form.tsx';
import { Gathered } from './gathered.tsx';
import { Moves } from './moves.tsx';
import { ParentRows } from './parent.tsx';
import { fieldGroups } from './rules.ts';
import { readRecordSearch } from './search.ts';
import type { Kind } from './use-kinds.ts';
import { FieldValue, StateTag } from './value.tsx';

type PageContext = { edit: () => void; print: () => void };
export const recordPageActions: Array<Action<PageContext>> = [
  {
    name: 'record.edit',
    label: 'records.edit',
    group: 'rail.records',
    keys: ['e'],
    initials: 'xg',
    permission: 'record.write',
    perform: (c) => c.edit(),
  },
  {
    name: 'record.print',
    label: 'records.print',
    group: 'rail.records',
    initials: 'dy',
    perform: (c) => c.print(),
  },
];

/** One record: its fields as on paper, where it stands, what it hangs on, the next step and what happened. */
export function RecordPage(props: { kind: Kind; id: string }) {
  const { t, i18n } = useTranslation();
  const said = useSaid();
  const navigate = useNavigate();
  const toast = useToast();
  const { can } = useSession();
  const { kind, id } = props;
  const search = readRecordSearch(useSearch({ strict: false }));
  const record = useRead(getRecord, { params: { kind: kind.key, id } });
  const [editing, setEditing] = useState(false);
  const paper = `/api/v1/records/${kind.key}/${id}/print.pdf?locale=${i18n.language === 'en' ? 'en' : 'zh-CN'}`;
  useActions(recordPageActions, {
    edit: () => setEditing(true),
    print: () => void globalThis.open(paper, '_blank', 'noopener'),
  });
  useTitlePart('page', record.data ? `${record.data.number ?? said(kind.name)} ${record.data.title}` : null);
  const panel = usePanel(true);
  const back = () => void navigate({ to: '/records/$kind', params: { kind: kind.key }, search });
  if (record.error && !record.data)
    return <ErrorState problem={problemOf(record.error)} onRetry={() => void record.refetch()} />;
  if (!record.data) return <Skeleton rows={10} columns={2} />;
  const { data } = record;
  return (
    <div className="desk-page rec-page">
      <PaneHead
        title={
          <>
            <span className={data.number ? 'desk-wide' : undefined}>{said(kind.name)} </span>
            {data.number}
          </>
        }
        onBack={back}
      >
        <Button
          icon={<PrinterOutlined />}
          href={paper}
          target="_blank"
          title={t('records.print')}
          aria-label={t('records.print')}
        >
          <span className="desk-wide">{t('records.print')}</span>
        </Button>
        {can('record.write') ? (
          <Button icon={<EditOutlined />} onClick={() => setEditing(true)}>
            {t('records.edit')}
          </Button>
        ) : null}
      </PaneHead>
      <div className="rec-acts">
        <StateTag kind={kind} record={data} />
        <strong title={data.title}>{data.title}</strong>
        <Moves kind={kind} record={data} />
      </div>
      <div className="rec-columns">
        <div className="zk-scroll">
          <Paper kind={kind} record={data} />
          <Gathered kind={kind} record={data} />
        </div>
        <div className="zk-scroll">
          <StepPanel of={{ recordId: data.id }} starting={panel.starting} onStarting={panel.setStarting} />
          {data.runId && !data.ticketId && !data.conversationId && can('task.read') ? (
            <RunPanel id={data.runId} />
          ) : null}
          <Links record={data} />
          <History kind={kind} id={id} />
        </div>
      </div>
      <Modal
        open={editing}
        title={t('records.editTitle', { number: data.number ?? said(kind.name) })}
        footer={null}
        width={680}
        destroyOnHidden
        mask={{ closable: false }}
        onCancel={() => setEditing(false)}
      >
        <RecordForm
          kind={kind}
          record={data}
          onCancel={() => setEditing(false)}
          onDone={() => {
            setEditing(false);
            toast.done(t('records.saved'));
          }}
        />
      </Modal>
    </div>
  );
}

/** The fields under the headings of the paper form. */
function Paper(props: { kind: Kind; record: RecordView }) {
  const { t } = useTranslation();
  const said = useSaid();
  const groups = fieldGroups(props.kind);
  return groups.map(({ title, fields }) => (
    <Section
      key={title?.zh ?? ''}
      title={title ? said(title) : t(groups.length > 1 ? 'records.others' : 'records.content')}
    >
      <Fields>
        {fields.map((field) => (
          <FieldRow key={field.key} label={said(field)}>
            <FieldValue field={field} value={props.record.data[field.key]} />
          </FieldRow>
        ))}
      </Fields>
    </Section>
  ));
}

function Links(props: { record: RecordView }) {
  const { t } = useTranslation();
  const time = useTime();
  const groupName = useGroupName();
  const { record } = props;
  return (
    <Section title={t('records.links')}>
      <Fields>
        <FieldRow label={t('records.customer')}>
          {record.customerId ? (
            <Link to="/customers/$id" params={{ id: record.customerId }}>
              {record.customerName}
            </Link>
          ) : undefined}
        </FieldRow>
        {record.ticketId ? (
          <FieldRow label={t('records.ticket')}>
            <Link to="/tickets/$id" params={{ id: record.ticketId }}>
              {record.ticketNumber}
            </Link>
          </FieldRow>
        ) : null}
        {record.conversationId ? (
          <FieldRow label={t('records.conversation')}>
            <Link to="/conversations/$id" params={{ id: record.conversationId }}>
              {t('records.openConversation')}
            </Link>
          </FieldRow>
        ) : null}
        <ParentRows record={record} />
        <FieldRow label={t('records.owner')}>{record.ownerName ?? undefined}</FieldRow>
        {record.groupName ? <FieldRow label={t('records.group')}>{groupName(record)}</FieldRow> : null}
        {record.externalId ? <FieldRow label={t('records.externalId')}>{record.externalId}</FieldRow> : null}
        <FieldRow label={t('records.by')}>{record.createdByName ?? undefined}</FieldRow>
        <FieldRow label={t('records.at')}>{time.minute(record.createdAt)}</FieldRow>
      </Fields>
    </Section>
  );
}

function History(props: { kind: Kind; id: string }) {
  const { t } = useTranslation();
  const said = useSaid();
  const time = useTime();
  const history = useRead(recordHistory, { params: { kind: props.kind.key, id: props.id } });
  if (!history.data) return history.error ? null : <Skeleton rows={3} columns={1} />;
  return (
    <Section title={t('records.history')}>
      <ol className="rec-history">
        {history.data.items.map((line, at) => (
          <li key={at}>
            <time dateTime={line.at}>{time.minute(line.at)}</time>
            <span>
              {line.by ?? t('records.system')}{' '}
              {t(didOf(line), {
                state: line.state ? said(line.state) : '',
                fields: line.fields.map(said).join(comma()) || t('records.linksOnly'),
                number: line.ticketNumber ?? '',
              })}
              {line.note ? <q>{line.note}</q> : null}
            </span>
          </li>
        ))}
      </ol>
    </Section>
  );
}
