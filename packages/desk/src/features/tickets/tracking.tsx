import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketPageView } from '#contracts/routes/tickets.ts';
import { FieldRow, Fields, Section } from '#ui/form.tsx';
import { useTime } from '../../time.ts';
import { useWord } from '../../words.ts';
import { byDue, ClockText, isLive } from './clocks.tsx';
import { useTracking } from './tracking-columns.tsx';

/** 追踪: the row of 问题处理进度跟踪表 for this ticket, and every promise with how it went. */
export function Tracking(props: { page: TicketPageView }) {
  const { t } = useTranslation();
  const word = useWord();
  const time = useTime();
  const { ticket } = props.page;
  const tracking = useTracking();
  return (
    <>
      <Section title={t('tracking.title')}>
        <Fields>
          {tracking.map((column) => (
            <FieldRow key={column.key} label={column.title}>
              {column.text(ticket) || undefined}
            </FieldRow>
          ))}
        </Fields>
      </Section>
      <Section title={t('tickets.clock.list')}>
        <div className="desk-scroll-x">
          <table className="desk-deadlines">
            <thead>
              <tr>
                <th>{t('tickets.clock.kind')}</th>
                <th>{t('tickets.clock.left')}</th>
                <th>{t('tickets.clock.state')}</th>
                <th>{t('tickets.clock.due')}</th>
                <th>{t('tickets.clock.metAt')}</th>
                <th>{t('tickets.clock.paused')}</th>
              </tr>
            </thead>
            <tbody>
              {byDue(ticket.deadlines).map((one) => (
                <Fragment key={one.id}>
                  <tr>
                    <td>{word('deadlineKind', one.kind)}</td>
                    <td>{isLive(one) ? <ClockText deadline={one} /> : '—'}</td>
                    <td>{word('deadlineState', one.state)}</td>
                    <td>{one.dueAt ? time.minute(one.dueAt) : '—'}</td>
                    <td>{one.metAt ? time.minute(one.metAt) : '—'}</td>
                    <td>
                      {one.pausedMinutes > 0
                        ? t('tickets.clock.minutes', { count: Math.round(one.pausedMinutes) })
                        : '—'}
                    </td>
                  </tr>
                  <tr className="desk-deadline-why">
                    <td colSpan={6}>{one.why}</td>
                  </tr>
                </Fragment>
              ))}
            </tbody>
          </table>
        </div>
      </Section>
    </>
  );
}
