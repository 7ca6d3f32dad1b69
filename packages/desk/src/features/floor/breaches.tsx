import { Button } from 'antd';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { breachesToday, type FloorView } from '#contracts/routes/floor.ts';
import { Section } from '#ui/form.tsx';
import { Countdown, PriorityTag, Tag } from '#ui/tag.tsx';
import { Apart, PlainTable, type PlainColumn } from '../../plain-table.tsx';
import { useWord } from '../../words.ts';
import { useSession } from '../identity/session.ts';
import { Assign } from './assign.tsx';
import { useCalmRows } from './calm.ts';
import { useCalmRead } from './live.ts';

export type Breach = FloorView['breaches'][number];

/** Promises broken or about to be; a click opens the case. */
export function Breaches(props: { floor: FloorView }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { can } = useSession();
  const [assigning, setAssigning] = useState<Breach | null>(null);
  const calm = useCalmRows(props.floor.breaches, (row) => row.deadlineId);
  const columns = useColumns(can('ticket.assign') ? setAssigning : undefined);
  const late = props.floor.breaches.filter((row) => row.state === 'breached').length;
  const open = (row: Breach) =>
    row.ticketId
      ? void navigate({ to: '/tickets/$id', params: { id: row.ticketId } })
      : row.conversationId
        ? void navigate({ to: '/conversations/$id', params: { id: row.conversationId } })
        : row.recordId && row.recordKind
          ? void navigate({
              to: '/records/$kind/$id',
              params: { kind: row.recordKind, id: row.recordId },
            })
          : void navigate({ to: '/tasks', search: { of: 'team', late: true } });
  return (
    <Section
      title={t('floor.breaches', { late, warned: props.floor.breaches.length - late })}
      extra={
        calm.waiting > 0 ? (
          <Button size="small" type="link" onClick={calm.apply}>
            {t('floor.more', { count: calm.waiting })}
          </Button>
        ) : null
      }
    >
      <div className="floor-breaches zk-scroll" {...calm.hold}>
        <PlainTable
          label={t('floor.breaches.label')}
          columns={columns}
          rows={calm.shown}
          rowKey={(row) => row.deadlineId}
          quiet={calm.gone}
          onOpen={open}
          empty={<p className="floor-none">{t('floor.breaches.none')}</p>}
        />
      </div>
      {assigning?.ticketId ? (
        <Assign
          ticketId={assigning.ticketId}
          number={assigning.number}
          agents={props.floor.agents}
          onClose={() => setAssigning(null)}
        />
      ) : null}
    </Section>
  );
}

function useColumns(onAssign?: (row: Breach) => void): Array<PlainColumn<Breach>> {
  const { t } = useTranslation();
  const word = useWord();
  return useMemo(() => {
    const columns: Array<PlainColumn<Breach>> = [
      {
        key: 'number',
        title: t('floor.breaches.case'),
        lead: true,
        render: (row) => (
          <div className="floor-case">
            {row.priority ? (
              <PriorityTag priority={row.priority} title={word('priority', row.priority)} />
            ) : null}
            <span className="floor-case-number">{row.number}</span>
            <span className="floor-case-subject" title={row.subject}>
              {row.subject}
            </span>
          </div>
        ),
      },
      {
        key: 'due',
        title: t('floor.breaches.due'),
        width: 216,
        render: (row) => (
          <Countdown
            dueAt={row.dueAt}
            warnAt="1970-01-01T00:00:00Z"
            state={row.state === 'breached' ? 'breached' : 'running'}
            label={word('deadlineKind', row.kind)}
          />
        ),
      },
      {
        key: 'who',
        title: t('floor.breaches.who'),
        width: 150,
        render: (row) => (
          <span className="floor-who">
            {row.assigneeName ?? <span className="floor-loud">{t('floor.breaches.nobody')}</span>}
            <span className="zk-quiet" title={row.groupName ?? undefined}>
              {row.groupName}
            </span>
          </span>
        ),
      },
      {
        key: 'level',
        title: t('floor.breaches.level'),
        width: 64,
        render: (row) =>
          row.escalationLevel > 0 ? (
            <Tag tone="warn">{t('floor.level', { count: row.escalationLevel })}</Tag>
          ) : null,
      },
    ];
    if (onAssign)
      columns.push({
        key: 'assign',
        title: '',
        width: 92,
        render: (row) =>
          row.ticketId && !row.taskId ? (
            <Apart>
              <Button size="small" onClick={() => onAssign(row)}>
                {t('floor.assign')}
              </Button>
            </Apart>
          ) : null,
      });
    return columns;
  }, [t, word, onAssign]);
}

/** Breaches of the day by rule, with what was kept, so that a number of faults has its denominator. */
export function ByRule() {
  const { t, i18n } = useTranslation();
  const word = useWord();
  const read = useCalmRead(breachesToday);
  const share = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 0 });
  const rows = (read.data?.items ?? []).filter((row) => row.breached + row.met > 0);
  type Row = (typeof rows)[number];
  const columns: Array<PlainColumn<Row>> = [
    {
      key: 'kind',
      title: t('floor.rule.kind'),
      lead: true,
      render: (row) => (
        <span className="desk-apart">
          {word('deadlineKind', row.kind)}
          {row.priority ? <PriorityTag priority={row.priority} /> : null}
        </span>
      ),
    },
    {
      key: 'breached',
      title: t('floor.today.breached'),
      align: 'end',
      render: (row) => <span className={row.breached > 0 ? 'floor-loud' : undefined}>{row.breached}</span>,
    },
    { key: 'met', title: t('floor.rule.met'), align: 'end', render: (row) => row.met },
    { key: 'running', title: t('floor.rule.running'), align: 'end', render: (row) => row.running },
    {
      key: 'kept',
      title: t('floor.rule.kept'),
      align: 'end',
      render: (row) => share.format(row.met / (row.met + row.breached)),
    },
  ];
  return (
    <Section title={t('floor.rule')}>
      <PlainTable
        label={t('floor.rule')}
        columns={columns}
        rows={rows}
        rowKey={(row) => `${row.kind}:${row.priority}`}
        empty={<p className="floor-none">{t('floor.rule.none')}</p>}
      />
    </Section>
  );
}
