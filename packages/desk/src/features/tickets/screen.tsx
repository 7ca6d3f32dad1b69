import { ProfileOutlined } from '@ant-design/icons';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { listTickets, type TicketRowView } from '#contracts/routes/tickets.ts';
import { useNow } from '#ui/clock.tsx';
import { DataTable, type Column } from '#ui/data-table.tsx';
import { PaneHead } from '#ui/split.tsx';
import { EmptyState } from '#ui/states.tsx';
import { Countdown, PriorityTag, Tag } from '#ui/tag.tsx';
import { useList } from '../../query.ts';
import { useTime } from '../../time.ts';
import { useWord } from '../../words.ts';
import './screen.css';

/** 工单: all work I may see, as one table. */
export function TicketsScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const list = useList(listTickets, { view: 'open', sort: 'due', limit: 100 });
  const columns = useTicketColumns();
  return (
    <div className="desk-page">
      <PaneHead title={t('tickets.title')} />
      <div className="desk-page-body">
        <DataTable
          name="tickets"
          label={t('tickets.title')}
          columns={columns}
          rows={list.rows}
          rowKey={(row) => row.id}
          problem={list.problem}
          onRetry={list.retry}
          hasMore={list.hasMore}
          onEnd={list.more}
          onOpen={(row) => void navigate({ to: '/tickets/$id', params: { id: row.id } })}
          narrow={(row) => <NarrowRow row={row} />}
          empty={
            <EmptyState icon={<ProfileOutlined />} title={t('tickets.none')} hint={t('tickets.noneHint')} />
          }
        />
      </div>
    </div>
  );
}

/** The clock a row shows: the next promise that can break. */
export function NextDue(props: { row: TicketRowView }) {
  const word = useWord();
  const { nextDueAt, nextDueKind, nextDueState } = props.row;
  const state = nextDueState === 'paused' || nextDueState === 'breached' ? nextDueState : 'running';
  const warnAt = nextDueState === 'warned' ? '1970-01-01T00:00:00Z' : null;
  return (
    <Countdown
      dueAt={nextDueAt}
      warnAt={warnAt}
      state={state}
      label={nextDueKind ? word('deadlineKind', nextDueKind) : undefined}
    />
  );
}

function useTicketColumns(): Array<Column<TicketRowView>> {
  const { t } = useTranslation();
  const word = useWord();
  const time = useTime();
  const now = useNow(60);
  return useMemo(
    () => [
      { key: 'number', title: t('tickets.number'), width: 168, render: (row) => row.number },
      {
        key: 'priority',
        title: t('tickets.priority'),
        width: 72,
        render: (row) => <PriorityTag priority={row.priority} title={word('priority', row.priority)} />,
      },
      { key: 'subject', title: t('tickets.subject'), render: (row) => row.subject },
      {
        key: 'status',
        title: t('tickets.status'),
        width: 112,
        render: (row) => <Tag>{word('ticketStatus', row.status)}</Tag>,
      },
      { key: 'due', title: t('tickets.due'), width: 176, render: (row) => <NextDue row={row} /> },
      { key: 'customer', title: t('tickets.customer'), width: 128, render: (row) => row.customerName },
      {
        key: 'assignee',
        title: t('tickets.assignee'),
        width: 104,
        render: (row) => row.assigneeName ?? <span className="zk-quiet">{row.groupName ?? '—'}</span>,
      },
      {
        key: 'updated',
        title: t('tickets.updated'),
        width: 128,
        render: (row) => <span className="zk-quiet">{time.stamp(row.updatedAt, now)}</span>,
      },
    ],
    [t, word, time, now],
  );
}

function NarrowRow(props: { row: TicketRowView }) {
  const { row } = props;
  const word = useWord();
  return (
    <div className="desk-narrow-row">
      <div>
        <PriorityTag priority={row.priority} />
        <strong>{row.subject}</strong>
      </div>
      <div>
        <span className="zk-quiet">
          {row.customerName} · {word('ticketStatus', row.status)}
        </span>
        <NextDue row={row} />
      </div>
    </div>
  );
}
