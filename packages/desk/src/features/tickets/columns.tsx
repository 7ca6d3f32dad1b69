import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { claimTicket, type TicketRowView } from '#contracts/routes/tickets.ts';
import { useNow } from '#ui/clock.tsx';
import type { Column } from '#ui/data-table.tsx';
import { PriorityTag, Tag } from '#ui/tag.tsx';
import { useGroupName } from '../identity/people.tsx';
import { useTime } from '../../time.ts';
import { useWord } from '../../words.ts';
import { LevelTag } from '../customers/card.tsx';
import { useCategories } from './categories.tsx';
import { StatusTag } from './header.tsx';
import { NextDue } from './next-due.tsx';
import { useTracking } from './tracking-columns.tsx';
import { useQuickVerb } from './use-ticket.ts';

export function useTicketColumns(withClaim: boolean): Array<Column<TicketRowView>> {
  const { t, i18n } = useTranslation();
  const word = useWord();
  const time = useTime();
  const now = useNow(60);
  const { label } = useCategories();
  const groupName = useGroupName();
  return useMemo(
    () => [
      { key: 'number', title: t('tickets.number'), width: 164, render: (row) => row.number },
      {
        key: 'priority',
        title: t('field.priority'),
        width: 68,
        render: (row) => <PriorityTag priority={row.priority} title={word('priority', row.priority)} />,
      },
      { key: 'subject', title: t('tickets.subject'), render: (row) => <Subject row={row} /> },
      {
        key: 'status',
        title: t('tickets.status'),
        // “Awaiting confirmation” is longer than 待客户确认.
        width: i18n.language === 'en' ? 164 : 104,
        render: (row) => <StatusTag status={row.status} />,
      },
      { key: 'due', title: t('tickets.due'), width: 224, render: (row) => <NextDue row={row} /> },
      {
        key: 'customer',
        title: t('tickets.customer'),
        width: 136,
        render: (row) => (
          <>
            {row.customerName} <LevelTag level={row.customerLevel} />
          </>
        ),
      },
      { key: 'category', title: t('field.category'), width: 104, render: (row) => label(row.category) },
      ...(withClaim
        ? [
            {
              key: 'claim',
              title: t('tickets.verb.claim'),
              width: 88,
              render: (row: TicketRowView) => <Claim row={row} />,
            },
          ]
        : [
            {
              key: 'assignee',
              title: t('tickets.assignee'),
              width: 96,
              render: (row: TicketRowView) =>
                row.assigneeName ?? <span className="zk-quiet">{groupName(row) ?? '—'}</span>,
            },
          ]),
      {
        key: 'updated',
        title: t('tickets.updated'),
        width: 132,
        render: (row) => <span className="zk-quiet">{time.stamp(row.updatedAt, now)}</span>,
      },
    ],
    [t, i18n, word, time, now, label, groupName, withClaim],
  );
}

function Subject(props: { row: TicketRowView }) {
  const { t } = useTranslation();
  const { row } = props;
  return (
    <span className="desk-subject" data-unread={row.unread}>
      {row.unread ? <i className="desk-unread-dot" aria-label={t('tickets.unread')} /> : null}
      {row.isEmergency ? <Tag tone="late">{t('tickets.flag.emergency')}</Tag> : null}
      {row.isComplaint ? <Tag tone="late">{t('tickets.flag.complaint')}</Tag> : null}
      <span>{row.subject}</span>
      {row.urgedCount > 0 ? (
        <Tag tone="warn">{t('tickets.flag.urged', { count: row.urgedCount })}</Tag>
      ) : null}
    </span>
  );
}

/** Claims without leaving the pool; somebody faster is named by the server. */
function Claim(props: { row: TicketRowView }) {
  const { t } = useTranslation();
  const quick = useQuickVerb();
  const [state, setState] = useState<'open' | 'busy' | 'mine'>('open');
  if (state === 'mine') return <Tag tone="ok">{t('tickets.done.claim')}</Tag>;
  const claim = async () => {
    setState('busy');
    setState((await quick(claimTicket, props.row, 'tickets.done.claim')) ? 'mine' : 'open');
  };
  return (
    <Button
      size="small"
      loading={state === 'busy'}
      onClick={(event) => {
        event.stopPropagation();
        void claim();
      }}
    >
      {t('tickets.verb.claim')}
    </Button>
  );
}

/** SD1-46: the columns of the form; clocks and states keep their look. */
export function useTrackingColumns(): Array<Column<TicketRowView>> {
  const tracking = useTracking();
  return useMemo(
    () =>
      tracking.map((column) => ({
        key: column.key,
        title: column.title,
        width: column.width,
        render: (row) => {
          if (column.key === 'priority') return <PriorityTag priority={row.priority} />;
          if (column.key === 'status') return <StatusTag status={row.status} />;
          return column.text(row) || <span className="zk-quiet">—</span>;
        },
      })),
    [tracking],
  );
}
