import { useTranslation } from 'react-i18next';
import type { TicketRowView } from '#contracts/routes/tickets.ts';
import { PriorityTag } from '#ui/tag.tsx';
import { useWord } from '../../words.ts';
import { LevelTag } from '../customers/card.tsx';
import { NextDue } from './next-due.tsx';

/** One ticket in two lines: what it is about and whose, its state and its clock. */
export function TicketRow(props: { row: TicketRowView; open?: boolean; onOpen: () => void }) {
  const { row } = props;
  return (
    <button type="button" className="zk-bare desk-contact" aria-current={props.open} onClick={props.onOpen}>
      <TicketLines row={row} />
    </button>
  );
}

export function TicketLines(props: { row: TicketRowView }) {
  const { t } = useTranslation();
  const word = useWord();
  const { row } = props;
  return (
    <>
      <span className="desk-contact-head">
        <PriorityTag priority={row.priority} />
        <strong data-unread={row.unread}>{row.subject}</strong>
        {row.unread ? <i className="desk-unread-dot" aria-label={t('tickets.unread')} /> : null}
      </span>
      <span className="desk-contact-last">
        <span>
          {row.customerName} <LevelTag level={row.customerLevel} /> · {word('ticketStatus', row.status)}
        </span>
        <NextDue row={row} bare />
      </span>
    </>
  );
}
