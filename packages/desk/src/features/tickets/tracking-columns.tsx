import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketRowView } from '#contracts/routes/tickets.ts';
import { useTime } from '../../time.ts';
import { useWord } from '../../words.ts';
import { useCategories } from './categories.tsx';
import { useProducts } from './products.tsx';

export type TrackingColumn = {
  key: string;
  title: string;
  width?: number;
  text: (row: TicketRowView) => string;
};

const hasMoved = ({ lastMessageAt, createdAt }: TicketRowView) =>
  lastMessageAt !== null && Date.parse(lastMessageAt) - Date.parse(createdAt) > 1000;

/** The columns of 问题处理进度跟踪表 (SD1-46), in words: for the table, the print and the CSV. */
export function useTracking(): TrackingColumn[] {
  const { t, i18n } = useTranslation();
  const word = useWord();
  const time = useTime();
  const { path } = useCategories();
  const { label: productLabel } = useProducts();
  return useMemo(() => {
    const at = (instant: string | null) => (instant ? time.minute(instant) : '');
    const column = (
      key: string,
      width: number | undefined,
      text: TrackingColumn['text'],
    ): TrackingColumn => ({
      key,
      title: t(`tracking.${key}`),
      width,
      text,
    });
    return [
      column('number', 168, (row) => row.number),
      column('customer', 128, (row) => row.customerName),
      column('category', 176, (row) => path(row.category)),
      column('priority', 72, (row) => row.priority),
      column('accepted', 144, (row) => at(row.createdAt)),
      column('accountable', 96, (row) => row.accountableName ?? ''),
      column('assignee', 96, (row) => row.assigneeName ?? ''),
      column('status', i18n.language === 'en' ? 164 : 104, (row) => word('ticketStatus', row.status)),
      // Before anybody has written, the last message is the description itself: no progress yet.
      column('progress', undefined, (row) => row.progressNote ?? (hasMoved(row) ? row.lastMessage : '')),
      column('progressAt', 144, (row) => (hasMoved(row) ? at(row.lastMessageAt) : '')),
      column('eta', 144, (row) => at(row.etaAt)),
      column('notify', 144, (row) => (row.nextDueKind === 'progress' ? at(row.nextDueAt) : '')),
      column('escalation', 96, (row) =>
        row.escalationLevel > 0 ? t('tickets.flag.escalated', { count: row.escalationLevel }) : '',
      ),
      column('finished', 144, (row) => at(row.resolvedAt)),
      column('product', 112, (row) => (row.product ? productLabel(row.product) : '')),
    ];
  }, [t, i18n, word, time, path, productLabel]);
}
